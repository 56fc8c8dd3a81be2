package dev.belfry.host.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.Serial;
import java.lang.reflect.Executable;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Stream;

/** The class of a request body cannot be created from any JSON object: a fault of the plugin, not of the caller. */
final class UnreadableBodyClass extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnreadableBodyClass(Type body, JsonMappingException cause) {
        super(
                "the body class " + body.getTypeName() + " cannot be created from JSON; use a record. The reason: "
                        + cause.getOriginalMessage(),
                cause);
    }

    /**
     * Whether the class of the whole body has no other constructor for JSON than one that takes a single string or number, and does not
     * say with {@link JsonCreator} that this is intended: a class that was meant to be an object.
     */
    static boolean isCause(MismatchedInputException failure) {
        return failure.getPath().isEmpty()
                && failure.getTargetType() != null
                && String.valueOf(failure.getOriginalMessage()).contains("no delegate- or property-based Creator")
                && creators(failure.getTargetType()).noneMatch(each -> each.isAnnotationPresent(JsonCreator.class));
    }

    private static Stream<Executable> creators(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()));
    }
}
