package dev.belfry.host.assets;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read again and again, and are the same each time. */
@FunctionalInterface
public interface Content {

    InputStream open() throws IOException;
}
