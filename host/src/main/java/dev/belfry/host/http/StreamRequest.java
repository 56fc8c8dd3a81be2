package dev.belfry.host.http;

import dev.belfry.api.access.Caller;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The data of a request for a stream that a plugin can read. A copy: Javalin's context would stay in memory with the stream. */
record StreamRequest(
        Caller caller,
        Optional<String> lastEventId,
        Map<String, String> pathParams,
        Map<String, List<String>> queryParams) {

    static StreamRequest of(Context context, Caller caller) {
        return new StreamRequest(
                caller,
                Optional.ofNullable(context.header("Last-Event-ID")).filter(id -> !id.isEmpty()),
                Map.copyOf(context.pathParamMap()),
                Map.copyOf(context.queryParamMap()));
    }

    String pathParam(String name) {
        String value = pathParams.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the path of the route has no parameter '" + name + "'");
        }
        return value;
    }

    Optional<String> queryParam(String name) {
        return queryParams.getOrDefault(name, List.of()).stream().findFirst();
    }
}
