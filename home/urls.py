"""Public addresses that are not pages of the tree; they come before the tree, so no page can take them."""

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from home.views import feeds, look, maps, opinion, search

app_name = "home"

urlpatterns = [
    path("appearance/", look.AppearanceView.as_view(), name="appearance"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("helped/", opinion.OpinionView.as_view(), name="opinion"),
    path("map/", maps.site_map, name="map"),
    path("news/rss/", feeds.NewsFeed(), name="rss"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", maps.robots, name="robots"),
    path("favicon.ico", maps.favicon, name="favicon"),
]
