"""Delivering what is public: a folder of a site, or posts; none of it knows what a meeting is."""
