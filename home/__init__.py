"""The site itself: base page, home, standard pages, news, search, appearance."""
