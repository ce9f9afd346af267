from diagrams import Diagram
from diagrams.custom import Custom

with Diagram("Missing", show=False):
    Custom("Lost", "./nowhere.png") >> Custom("Found", "./icon.png")
