package dev.belfry.host.operations;

import dev.belfry.host.html.Html;
import java.time.Duration;
import java.time.Instant;

/** Times as people say them. */
final class Age {

    private Age() {}

    /** The largest unit of a duration, such as {@code 3 min}. */
    static String of(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() == 1 ? "1 day" : duration.toDays() + " days";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : "less than a minute";
    }

    /** An HTML element with the age of a time; its tooltip has the time itself. */
    static String html(Instant time, Instant now) {
        Duration age = Duration.between(time, now);
        String text = age.toMinutes() > 0 ? of(age) + " ago" : "just now";
        return "<time datetime=\"%1$s\" title=\"%1$s\">%2$s</time>".formatted(Html.text(time.toString()), text);
    }
}
