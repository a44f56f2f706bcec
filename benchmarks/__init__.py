"""How fast it is, as ratios against peers measured in the same run: `make benchmarks`."""
