"""The engine under the scenarios: collects `.feature` files, finds steps, runs and records them."""
