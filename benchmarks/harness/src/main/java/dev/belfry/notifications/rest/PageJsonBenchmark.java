package dev.belfry.notifications.rest;

import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A page of 20 as JSON. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PageJsonBenchmark {

    private static final int SIZE = 20;
    private static final long TIME = 1_770_000_000_000L;

    private final List<InboxItem> page =
            IntStream.range(0, SIZE).mapToObj(PageJsonBenchmark::item).toList();

    private static InboxItem item(int number) {
        UUID id = new UUID(TIME + number << 16 | 0x7000 | number, 0x8000_0000_0000_0000L | number);
        Content content = new Content(
                "origin-" + number,
                "Title number " + number,
                "lorem ipsum dolor ".repeat(6) + number,
                "topic-" + number,
                List.of());
        return new InboxItem(new Notification(new NotificationId(id), content, false), number % 2 == 0);
    }

    @Benchmark
    public byte[] json() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NotificationJson.write(out, page.iterator(), MuteList.NONE);
        return out.toByteArray();
    }
}
