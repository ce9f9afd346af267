"""The benchmark: what builds cost, as ratios to what the same drawings cost by other ways in the same run."""
