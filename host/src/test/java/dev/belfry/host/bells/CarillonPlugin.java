package dev.belfry.host.bells;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.bells.chimes.Chime;
import dev.belfry.host.bells.chimes.Strike;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Contributes to the extension point {@link Chime}, and keeps a count that a new start resets. */
public final class CarillonPlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        AtomicInteger count = new AtomicInteger();
        context.provide(Chime.class, () -> new Strike("carillon " + context.version()));
        context.routes(routes -> {
            routes.post(
                    "/count",
                    Access.PUBLIC,
                    (request, caller) -> request.result(Integer.toString(count.incrementAndGet())));
            routes.get(
                    "/sees/{type}",
                    Access.PUBLIC,
                    (request, caller) -> request.result(sees(request.pathParam("type"))));
        });
    }

    /** The loader that defined a class; {@code hidden} when the class is not visible. */
    private static String sees(String type) {
        try {
            ClassLoader loader =
                    CarillonPlugin.class.getClassLoader().loadClass(type).getClassLoader();
            return Optional.ofNullable(loader)
                    .map(ClassLoader::getName)
                    .orElse("JDK")
                    .replaceFirst(" .*", "");
        } catch (ClassNotFoundException e) {
            return "hidden";
        }
    }
}
