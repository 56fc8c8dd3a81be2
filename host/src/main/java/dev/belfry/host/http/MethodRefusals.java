package dev.belfry.host.http;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.HeaderCredentials;
import dev.belfry.api.web.ApiError;
import dev.belfry.host.access.AccessControl;
import io.javalin.http.Context;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.ParsedEndpoint;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The response to a method that no route of a path has. */
final class MethodRefusals {

    private static final Logger LOG = LoggerFactory.getLogger(MethodRefusals.class);

    private final List<ParsedEndpoint> paths;
    private final AccessControl access;
    private final Optional<HeaderCredentials> own;

    MethodRefusals(List<ParsedEndpoint> paths, AccessControl access, Optional<HeaderCredentials> own) {
        this.paths = paths;
        this.access = access;
        this.own = own;
    }

    ApiError of(Context context, MethodNotAllowedResponse refused) {
        nameForLog(context);
        String allowed = String.join(", ", refused.getDetails().values());
        context.header("Allow", allowed);
        return ApiError.methodNotAllowed(
                "the method " + context.req().getMethod() + " is not allowed here; allowed: " + allowed);
    }

    /** No route has matched, so nobody has been authenticated. */
    private void nameForLog(Context context) {
        RequestContext request = RequestContext.of(context.req());
        String relative = context.path().substring(context.contextPath().length());
        paths.stream()
                .filter(path -> path.matches(relative))
                .findFirst()
                .ifPresent(path -> request.matched(path.endpoint.path));
        try {
            request.proven(access.identify(new RequestCredentials(context.req()), own, Access.PUBLIC)
                    .subject());
        } catch (ApiError invalid) {
            LOG.debug("the caller of a refused request is unknown", invalid);
        }
    }
}
