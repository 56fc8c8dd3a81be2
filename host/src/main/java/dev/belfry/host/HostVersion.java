package dev.belfry.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this host and of its plugin API. */
public final class HostVersion {

    private HostVersion() {}

    public static String current() {
        Properties properties = new Properties();
        try (InputStream in = HostVersion.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
