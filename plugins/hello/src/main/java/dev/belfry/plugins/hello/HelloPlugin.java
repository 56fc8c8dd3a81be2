package dev.belfry.plugins.hello;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.web.ApiError;

/** Greets callers and counts the greetings: one route, one configuration value, one table. */
public final class HelloPlugin implements Plugin {

    private static final int MAX_NAME = 100;

    @Override
    public void start(PluginContext context) {
        HelloConfig config = context.config(HelloConfig.class);
        context.database().migrate("db/migration");
        GreetingTable greetings = new GreetingTable(context.database().dataSource());

        context.routes(routes -> routes.post("/greetings/{name}", Access.AUTHENTICATED, (request, caller) -> {
            String name = request.pathParam("name");
            if (name.length() > MAX_NAME) {
                throw ApiError.input("name must have at most " + MAX_NAME + " characters, not " + name.length());
            }
            request.json(new Greeting(config.salutationOrDefault() + ", " + name + "!", greetings.count(name)));
        }));
    }
}
