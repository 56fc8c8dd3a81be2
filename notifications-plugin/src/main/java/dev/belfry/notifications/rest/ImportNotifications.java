package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.archive.NotificationImport;
import dev.belfry.notifications.sending.CreateRequestRules;
import dev.belfry.notifications.sending.InvalidInput;
import dev.belfry.notifications.storage.ArchivedNotification;
import dev.belfry.notifications.storage.RestoreOutcome;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** POST /notifications/import. Each line succeeds or is refused on its own, and a repeated request stores nothing twice. */
final class ImportNotifications implements RouteHandler {

    private static final int MAX_LINES = 1000;

    /** The clocks of hosts differ. Ids only increase: an id ahead of the clock moves the times of all later notifications. */
    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private final NotificationImport imports;
    private final CreateRequestRules rules;
    private final Clock clock;

    ImportNotifications(NotificationImport imports, CreateRequestRules rules, Clock clock) {
        this.imports = imports;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * The response.
     *
     * @param stored number of notifications that are new
     * @param present number of notifications that were stored before
     */
    private record Result(int stored, int present, List<Refused> refused) {}

    /** @param line number of the line in the request, from 1 */
    private record Refused(int line, String message) {}

    @Override
    public void handle(Context context, Caller caller) {
        Requests.requireType(context.contentType(), ArchiveJson.TYPE);
        List<byte[]> lines = lines(context.bodyAsBytes());
        Request request = new Request(context);
        for (int i = 0; i < lines.size(); i++) {
            request.add(i + 1, lines.get(i));
        }
        request.store();
        context.contentType("application/json")
                .result(context.jsonMapper()
                        .toJsonString(new Result(request.stored, request.present, request.refused), Result.class));
    }

    private static List<byte[]> lines(byte[] body) {
        List<byte[]> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length ? begin < i : body[i] == '\n') {
                if (lines.size() == MAX_LINES) {
                    throw ApiError.input("a request must have at most " + MAX_LINES + " lines");
                }
                byte[] line = new byte[i - begin];
                System.arraycopy(body, begin, line, 0, line.length);
                lines.add(line);
                begin = i + 1;
            }
        }
        return lines;
    }

    private static String text(byte[] line) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInput("the line is not valid UTF-8");
        }
    }

    /** The state of one request. */
    private final class Request {

        private record Pending(int line, ArchivedNotification notification) {}

        private final Context context;
        private final List<Pending> notifications = new ArrayList<>();
        private final List<Refused> refused = new ArrayList<>();
        private int stored;
        private int present;

        Request(Context context) {
            this.context = context;
        }

        void add(int number, byte[] bytes) {
            try {
                String line = text(bytes);
                if (line.isBlank()) {
                    return;
                }
                Set<String> fields = ArchiveLine.fields(line);
                ArchiveLine parsed = context.jsonMapper().fromJsonString(line, ArchiveLine.class);
                if (ArchiveLine.isOfReaders(fields)) {
                    // The notification can be in an earlier line of this request.
                    store();
                    refuse(number, reasonOf(imports.addReaders(parsed.checkedId(), parsed.readers())));
                } else {
                    notifications.add(new Pending(
                            number, parsed.notification(rules, clock.instant().plus(MAX_AHEAD))));
                }
            } catch (InvalidInput e) {
                refuse(number, e.reason());
            } catch (ApiError e) {
                refuse(number, String.valueOf(e.getMessage()));
            }
        }

        /** Stores the notifications of the lines so far. */
        void store() {
            List<RestoreOutcome> outcomes = imports.add(
                    notifications.stream().map(Pending::notification).toList());
            for (int i = 0; i < outcomes.size(); i++) {
                switch (outcomes.get(i)) {
                    case STORED -> stored++;
                    case PRESENT -> present++;
                    default -> refuse(notifications.get(i).line(), reasonOf(outcomes.get(i)));
                }
            }
            notifications.clear();
        }

        private void refuse(int line, @Nullable String reason) {
            if (reason != null) {
                refused.add(new Refused(line, reason));
            }
        }

        private static @Nullable String reasonOf(RestoreOutcome outcome) {
            return switch (outcome) {
                case STORED, PRESENT -> null;
                case CONFLICT -> "id is in use: a notification with other content is stored in its place";
                case MISSING ->
                    "a line with id and readBy must follow the notification, and there is none with this id";
                case NOT_ADDRESSED -> "readBy has a user to whom the notification is not addressed";
            };
        }
    }
}
