"""Files watched as they are saved, built, and shown in this computer's browser."""
