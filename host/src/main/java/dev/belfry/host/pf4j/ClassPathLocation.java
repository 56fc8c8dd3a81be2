package dev.belfry.host.pf4j;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The JAR or folder of a plugin on the class path. */
final class ClassPathLocation {

    private ClassPathLocation() {}

    /**
     * @param url without a file inside the JAR
     * @throws IllegalStateException when it is no file, as for a JAR inside the executable JAR of Spring Boot
     */
    static Path of(URL url) {
        return of(url.toString());
    }

    /** As {@link #of(URL)}. */
    static Path of(String url) {
        if (!url.startsWith("file:")) {
            throw new IllegalStateException("the plugin at " + url
                    + " is inside another JAR, where the host cannot read its files: unpack the application, for Spring Boot"
                    + " by java -Djarmode=tools -jar APPLICATION.jar extract");
        }
        try {
            return Path.of(new URI(url));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("'" + url + "' is not a location of files", e);
        }
    }
}
