package dev.belfry.host.description;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types of the plugin API that the classes of a plugin mention. A plugin cannot use a type without its name in a constant pool. */
record ApiUse(Set<Class<?>> mentioned) {

    /**
     * @param location a JAR or a folder of classes
     * @param types looked for
     */
    static ApiUse in(URL location, Collection<Class<?>> types) throws IOException {
        Map<Class<?>, Pattern> names = types.stream().collect(Collectors.toMap(Function.identity(), ApiUse::name));
        Set<Class<?>> mentioned = new HashSet<>();
        ClassFiles.read(location, file -> {
            // Names in class files are ASCII here; every byte becomes one letter.
            String content = new String(file, StandardCharsets.ISO_8859_1);
            names.forEach((type, name) -> {
                if (!mentioned.contains(type) && name.matcher(content).find()) {
                    mentioned.add(type);
                }
            });
        });
        return new ApiUse(Set.copyOf(mentioned));
    }

    /** Other types may begin with the name. */
    private static Pattern name(Class<?> type) {
        return Pattern.compile(Pattern.quote(type.getName().replace('.', '/')) + "(?!\\w)");
    }

    boolean mentions(Class<?> type) {
        return mentioned.contains(type);
    }
}
