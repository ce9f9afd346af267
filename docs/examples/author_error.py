"""What is wrong is said with its file and line, when the module runs."""

from archfolio import AuthorError, System

try:
    System(title="Shop search", family="aplied")
except AuthorError as error:
    print(error.sentence)  # no family is called 'aplied'; did you mean 'applied'?
