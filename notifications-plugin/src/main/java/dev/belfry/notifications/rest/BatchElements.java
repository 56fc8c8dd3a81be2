package dev.belfry.notifications.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.belfry.notifications.sending.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Parses the elements of a batch one by one, so that only one is held as text at a time. */
final class BatchElements {

    private static final int MAX = 1000;

    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    private BatchElements() {}

    /**
     * @param element maps the JSON text of one element
     * @throws InvalidInput when the body is not an array, or has too many elements
     */
    static <T> List<T> read(byte[] body, Function<String, T> element) {
        List<T> elements = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new InvalidInput("the body must be an array");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (elements.size() == MAX) {
                    throw new InvalidInput("a batch must have at most " + MAX + " elements");
                }
                elements.add(element.apply(textOf(body, parser)));
            }
            if (parser.nextToken() != null) {
                throw new InvalidInput("the body must be one array, with nothing behind it");
            }
        } catch (IOException e) {
            throw new InvalidInput("the body is not valid JSON");
        }
        return elements;
    }

    private static String textOf(byte[] body, JsonParser parser) throws IOException {
        int begin = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        // Without this a string token is not read to its end.
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return new String(body, begin, end - begin, StandardCharsets.UTF_8);
    }
}
