"""What is Thai: digits, dates, amounts, names, units; words, and where a line may end."""
