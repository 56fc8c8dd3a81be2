package dev.belfry.notifications.api;

import dev.belfry.testkit.TestHost;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/**
 * One host for all tests of a class in one setting. Each test has its own users, and two of them share a team and a crew.
 */
abstract class ApiSuite {

    private static final int USERS = 400;
    private static final AtomicInteger NEXT = new AtomicInteger();

    private static @Nullable TestHost host;
    private static @Nullable OpenApiCheck document;

    @BeforeParameterizedClassInvocation
    static void start(Setting setting) {
        TestHost.Builder builder = setting.host();
        for (int i = 0; i < USERS; i++) {
            builder.user("u" + i, "team-" + i / 2, "crew-" + i / 2);
        }
        TestHost started = builder.start();
        host = started;
        document = new OpenApiCheck(
                started.anonymous().get("/api/notifications/openapi.json").body());
        NEXT.set(0);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        host().close();
    }

    static TestHost host() {
        return Objects.requireNonNull(host, "started before the first test");
    }

    static OpenApiCheck document() {
        return Objects.requireNonNull(document, "read before the first test");
    }

    /** A user of one test, with its API client. */
    record User(String name, String team, String crew, Api api) {
        String ref() {
            return "default/" + name;
        }
    }

    /** Two users of one team. */
    record Pair(User first, User second) {}

    static Pair pair() {
        int number = NEXT.getAndAdd(2);
        return new Pair(user(number), user(number + 1));
    }

    static User user() {
        return pair().first();
    }

    private static User user(int number) {
        if (number >= USERS) {
            throw new IllegalStateException("more users are needed");
        }
        String name = "u" + number;
        return new User(name, "default/team-" + number / 2, "default/crew-" + number / 2, as(name));
    }

    static Api as(String name) {
        return new Api(host().as(name), document());
    }

    /** The sender of messages. */
    static Api sender() {
        return as("ada");
    }
}
