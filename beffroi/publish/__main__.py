"""`python -m beffroi.publish`: writes the town folder without ape."""

from beffroi.cli.publish import main

if __name__ == "__main__":
    main()
