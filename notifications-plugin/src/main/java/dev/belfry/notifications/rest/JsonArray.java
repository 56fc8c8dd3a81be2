package dev.belfry.notifications.rest;

import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * An answer that is written element by element. Where reading the elements fails on the way, the array stays open: a closed one
 * would be taken for a whole answer.
 */
final class JsonArray {

    private JsonArray() {}

    static void write(Context context, Stream<?> elements, Type type) throws IOException {
        context.contentType("application/json");
        // Whether to compress is decided by the size of the first write.
        OutputStream out = new BufferedOutputStream(context.outputStream());
        Iterator<?> remaining = elements.iterator();
        char before = '[';
        while (remaining.hasNext()) {
            String element = context.jsonMapper().toJsonString(remaining.next(), type);
            out.write(before);
            out.write(element.getBytes(StandardCharsets.UTF_8));
            before = ',';
        }
        out.write(']');
        out.close();
    }
}
