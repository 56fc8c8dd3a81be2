package dev.belfry.host.http;

import dev.belfry.api.access.Access;
import dev.belfry.api.web.EventHandler;
import dev.belfry.api.web.Route;
import dev.belfry.api.web.RouteHandler;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A route as a plugin declared it. */
final class PluginRoute implements Route {

    /** {@code {name}} is one segment; {@code <name>} can have slashes. */
    private static final Pattern PARAMETER = Pattern.compile("([{<])[^{}<>]*[}>]");

    private final HandlerType method;
    private final String path;
    private final Access access;
    private final Target target;
    private @Nullable Set<String> parameters;
    private boolean complete;

    PluginRoute(HandlerType method, String path, Access access, Target target) {
        this.method = method;
        this.path = path;
        this.access = access;
        this.target = target;
    }

    /** The action of a route. */
    sealed interface Target {
        record Handler(RouteHandler handler) implements Target {}

        record Events(EventHandler handler) implements Target {}

        /** All pages and files of a mount. */
        record Pages(PageResponses responses) implements Target {}
    }

    @Override
    public Route query(String... names) {
        if (complete) {
            throw new IllegalStateException("query parameters can only be declared while the plugin starts");
        }
        if (parameters == null) {
            parameters = new TreeSet<>();
        }
        parameters.addAll(List.of(names));
        return this;
    }

    /** From now on, nothing more can be declared. */
    void complete() {
        complete = true;
    }

    HandlerType method() {
        return method;
    }

    /** A GET route that is not a stream also serves HEAD. */
    List<HandlerType> methods() {
        return method == HandlerType.GET && !(target instanceof Target.Events)
                ? List.of(HandlerType.GET, HandlerType.HEAD)
                : List.of(method);
    }

    /** All paths of a mount; each of its pages has an access rule. */
    static PluginRoute ofPages(PageResponses responses) {
        return new PluginRoute(HandlerType.GET, "*", Access.AUTHENTICATED, new Target.Pages(responses));
    }

    /** As the plugin declared it, for messages. */
    String name() {
        return method + " " + path;
    }

    /** Whether both serve the same requests: a trailing slash and the names of path parameters do not matter. */
    boolean isSameAs(PluginRoute other) {
        return method == other.method && pattern().equals(other.pattern());
    }

    private String pattern() {
        return PARAMETER.matcher(withoutSlash(path)).replaceAll("$1");
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    String path() {
        return path;
    }

    Access access() {
        return access;
    }

    /** The access rule of a request. */
    Access accessTo(Context request) {
        return target instanceof Target.Pages(var responses)
                ? responses.target(request).access()
                : access;
    }

    Target target() {
        return target;
    }

    /** @throws dev.belfry.api.web.ApiError 400 when a query parameter is not declared or is repeated */
    void checkQuery(Map<String, List<String>> given) {
        if (parameters != null) {
            QueryParameterRules.check(given, parameters);
        }
    }
}
