"""`python -m archfolio` is `archfolio`."""

from archfolio.render.cli.main import main

if __name__ == "__main__":
    main()
