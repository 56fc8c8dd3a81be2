package dev.belfry.benchmarks.load;

import java.net.URI;
import java.util.List;

/**
 * A request that is sent again and again.
 *
 * @param script the Lua script of wrk that makes it, within this package's resources
 * @param headers each as {@code Name: value}
 * @param arguments of the script
 */
public record Request(URI address, String script, List<String> headers, List<String> arguments) {

    private Request(URI address, String script, List<String> headers) {
        this(address, script, headers, List.of());
    }

    /** A GET. */
    public static Request get(URI address, List<String> headers) {
        return new Request(address, "get.lua", headers);
    }

    /** A GET that asks for what came after an instant before all, each time another one. */
    public static Request getAnew(URI address, List<String> headers) {
        return new Request(address, "get-anew.lua", headers);
    }

    /** A GET, each time by the next of the readers. */
    public static Request getInTurn(URI address, List<String> authorizations) {
        return new Request(address, "get-in-turn.lua", List.of(), authorizations);
    }

    /** A message to one of a thousand users, another at each request. */
    public static Request createForUsers(URI address, List<String> headers) {
        return new Request(address, "create-for-users.lua", headers);
    }

    /** A message to a group of 100,000 members. */
    public static Request createForGroup(URI address, List<String> headers) {
        return new Request(address, "create-for-group.lua", headers);
    }

    /** A message to everyone. */
    public static Request createForEveryone(URI address, List<String> headers) {
        return new Request(address, "create-for-everyone.lua", headers);
    }

    /** A POST without a body. */
    public static Request post(URI address, List<String> headers) {
        return new Request(address, "post.lua", headers);
    }
}
