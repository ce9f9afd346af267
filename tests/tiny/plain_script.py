"""A script that somebody wrote for diagrams."""

from diagrams import Cluster, Diagram, Edge
from diagrams.custom import Custom
from diagrams.onprem.queue import Kafka


def draw() -> None:
    with Diagram("First drawing", show=False, outformat=["png", "svg"]):
        with Cluster("Group"):
            mine = Custom("Mine", "./icon.png")
        mine >> Edge(label="sends", color="firebrick", style="dashed") >> [Kafka("One"), Kafka("Two")]
    with Diagram("Dressed", show=False, filename="own_name", graph_attr={"bgcolor": "#ffeecc"}):
        Kafka("A") - Kafka("B")


if __name__ == "__main__":
    draw()
