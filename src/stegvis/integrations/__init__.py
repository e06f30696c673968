"""The outside world, one plug-in each; none knows another."""
