"""`python -m beffroi.post`: a town's post office without ape."""

from beffroi.cli.post import main

if __name__ == "__main__":
    main()
