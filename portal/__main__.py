"""`python3 -m portal run | test | bench`: standard library only, and readable by a Python too old to run the rest."""

import sys

OLDEST = (3, 11)


def too_old(version):
    """A plain message where this Python cannot run the portal, else an empty string."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return (
        "Нужен Python 3.11 или новее, а это Python {0}.{1}.\n"
        "Что сделать: установите новый (Debian 12: apt install python3) и повторите команду им, "
        "например: python3.11 -m portal run"
    ).format(*version[:2])


def main(arguments):
    """Run a command; the exit code is 0, 2 for a problem with a remedy, or the command's own."""
    message = too_old(sys.version_info)
    if message:
        sys.stderr.write("\n" + message + "\n")
        return 2
    from portal.run.commands import execute

    return execute(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
