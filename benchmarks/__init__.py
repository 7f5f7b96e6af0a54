"""Speed, side by side in one run: `make bench`. Ratios are what counts; these machines' absolute times are noise."""
