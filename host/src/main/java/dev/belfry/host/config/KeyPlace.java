package dev.belfry.host.config;

/**
 * Where an object is written, bound to a component of its record.
 *
 * @param path of the object, such as {@code backend.auth.externalAccess[1]}
 */
public record KeyPlace(SourceLocation location, String path) {

    @Override
    public String toString() {
        return location + ": " + path;
    }
}
