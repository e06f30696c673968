"""Two invented municipalities with two years behind them. Nobody in here exists."""
