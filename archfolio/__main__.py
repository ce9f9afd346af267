"""`python -m archfolio` is `archfolio`."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder that one stands in, whose html.py is not the one that we import
    from archfolio.render.cli.main import main

    main()
