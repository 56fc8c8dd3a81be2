package dev.belfry.api.web;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.Permission;

/**
 * The routes of a plugin. Paths are relative to {@code /api/<id>}, begin with {@code /}, and can have parameters as in
 * {@code /things/{id}}. A trailing slash is ignored; paths are case-sensitive.
 *
 * <p>The host checks the access rule of the matched route before the handler runs. A plugin with two equal routes does not start;
 * the names of parameters make no difference. Routes can only be declared while the plugin starts.
 *
 * @since 0.1
 */
public interface Routes {

    /** Also serves HEAD, with the same access rule. */
    Route get(String path, Access access, RouteHandler handler);

    Route post(String path, Access access, RouteHandler handler);

    Route put(String path, Access access, RouteHandler handler);

    Route patch(String path, Access access, RouteHandler handler);

    Route delete(String path, Access access, RouteHandler handler);

    /**
     * Serves streams of server-sent events. The host sends heartbeats, limits the number of streams and what it keeps for slow clients,
     * and closes all streams when the plugin stops. Clients then connect again, to the next generation of the plugin, spread over some
     * seconds.
     *
     * @since 0.2
     */
    Route events(String path, Access access, EventHandler handler);

    /**
     * Declares permissions that the handlers check themselves, with {@link dev.belfry.api.PluginContext#permissions()}. The permissions of
     * routes and pages are declared already. The host warns an operator whose policy names a permission that no plugin declares.
     *
     * @since 0.2
     */
    void checks(Permission... permissions);

    /**
     * Declares permissions that every signed-in user has while the operator has configured no policy, or one that names no permission of
     * this plugin: access to the user's own data, and nothing that affects others. They have no effect beside a policy that names one.
     *
     * @since 0.2
     */
    void grantByDefault(Permission... permissions);

    /**
     * Declares permissions that nobody but a super user has while the operator has configured no policy: those for the data of all users.
     * Without this, every signed-in user has a permission of a plugin as long as {@code permission.enabled} is not set. They have no
     * effect beside a policy of the operator, or if the operator has disabled permissions.
     *
     * @since 0.2
     */
    void withholdByDefault(Permission... permissions);

    /**
     * Registers an action for the begin of a drain: the plugin is replaced, disabled or stopped, gets no more requests, and the
     * host waits for its in-flight requests. Use it to complete requests that wait for an event. A request that has just been
     * accepted may still reach its handler after the action.
     *
     * @param action called once; must return soon; exceptions are logged
     */
    void onDrain(Runnable action);

    /**
     * Serves an OpenAPI 3 document from the plugin's JAR at {@code /openapi.yaml} and {@code /openapi.json}, publicly.
     *
     * @param resource path of a YAML file within the JAR
     */
    void openApi(String resource);
}
