"""``python -m einclusie_data``: see `einclusie_data.command`."""

import sys

from einclusie_data.command.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
