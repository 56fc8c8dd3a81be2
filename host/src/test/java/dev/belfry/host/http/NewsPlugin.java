package dev.belfry.host.http;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.Permission;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.EventStream;
import dev.belfry.api.web.ServerSentEvent;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends what is posted to all who listen. */
public final class NewsPlugin implements Plugin {

    private static final Permission READ = new Permission("news.read", Permission.Action.READ);

    private final Set<EventStream> listeners = ConcurrentHashMap.newKeySet();

    @Override
    public void start(PluginContext context) {
        context.metrics().gauge("news.listeners", listeners, Set::size);
        context.routes(routes -> {
            routes.events("/events/{topic}", Access.PUBLIC, stream -> {
                        listen(stream);
                        stream.send(ServerSentEvent.of(String.join(
                                        " ",
                                        context.version(),
                                        stream.caller().subject(),
                                        stream.pathParam("topic"),
                                        stream.queryParam("part").orElse("-"),
                                        stream.lastEventId().orElse("-")))
                                .withName("welcome"));
                    })
                    .query("part");
            routes.events("/quiet", Access.PUBLIC, this::listen);
            routes.events("/mine", Access.AUTHENTICATED, this::listen);
            routes.events("/secret", READ, this::listen);
            routes.events("/ended", Access.PUBLIC, stream -> {
                stream.send(ServerSentEvent.of("only"));
                stream.close();
                stream.onClose(() -> {});
            });
            routes.events("/unknown", Access.PUBLIC, stream -> {
                listen(stream);
                throw ApiError.notFound("there is no such topic");
            });
            routes.post("/news", Access.PUBLIC, (request, caller) -> {
                ServerSentEvent event = ServerSentEvent.of(request.body()).withId("7");
                request.result(Long.toString(
                        listeners.stream().filter(stream -> stream.send(event)).count()));
            });
            routes.post("/large/{bytes}", Access.PUBLIC, (request, caller) -> {
                ServerSentEvent event = ServerSentEvent.of("x".repeat(Integer.parseInt(request.pathParam("bytes"))));
                listeners.forEach(stream -> stream.send(event));
            });
        });
    }

    private void listen(EventStream stream) {
        listeners.add(stream);
        stream.onClose(() -> listeners.remove(stream));
    }
}
