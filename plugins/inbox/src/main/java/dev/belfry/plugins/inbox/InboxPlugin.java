package dev.belfry.plugins.inbox;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;

/** Serves the page of the inbox and the scripts of its web components. Their data come from the API of the notifications plugin. */
public final class InboxPlugin implements Plugin {

    /** A mount of its own, because pages of every origin can load its files. */
    private static final String ELEMENTS = "/notifications-elements";

    @Override
    public void start(PluginContext context) {
        context.pages("/notifications", pages -> {
            pages.files("page", Access.PUBLIC);
            pages.page("/", Access.PUBLIC, "index.html");
            pages.page("/example", Access.PUBLIC, "example.html");
            pages.page("/{id}", Access.PUBLIC, "notification.html");
        });
        context.pages(ELEMENTS, pages -> pages.files("elements", Access.PUBLIC).anyOrigin());
    }
}
