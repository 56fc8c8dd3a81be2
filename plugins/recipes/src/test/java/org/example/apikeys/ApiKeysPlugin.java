package org.example.apikeys;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Identity;
import dev.belfry.api.web.ApiError;

/** Users create API keys for their programs, which then act as these users. */
public final class ApiKeysPlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        context.database().migrate("db/migration");
        ApiKeyTable keys = new ApiKeyTable(context.database().dataSource());
        context.provide(Identity.class, new ApiKeyIdentity(keys));
        context.routes(routes -> routes.post("/", Access.AUTHENTICATED, (request, caller) -> {
            if (!(caller instanceof Caller.User user)) {
                throw ApiError.notAllowed("only users have API keys, not " + caller.subject());
            }
            request.status(201).result(keys.create(user.ref()));
        }));
    }
}
