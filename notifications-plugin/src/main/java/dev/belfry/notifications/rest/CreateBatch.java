package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.sending.Draft;
import dev.belfry.notifications.sending.InvalidInput;
import dev.belfry.notifications.sending.Sending;
import dev.belfry.notifications.sending.Submission;
import dev.belfry.notifications.sending.SubmissionRules;
import dev.belfry.notifications.storage.NotificationId;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** POST /notifications/batch. */
final class CreateBatch implements RouteHandler {

    static final String PARTIAL = "partial";

    private static final int MAX = 1000;

    private final Sending sending;
    private final SubmissionRules rules;

    CreateBatch(Sending sending, SubmissionRules rules) {
        this.sending = sending;
        this.rules = rules;
    }

    private record Error(String name, String message) {}

    /** In the place of an id. */
    private record Refused(Error error) {
        static Refused because(String reason) {
            return new Refused(new Error("InputError", reason));
        }
    }

    /** One of the elements: a draft, or why there is none. */
    private record Element(@Nullable Draft draft, @Nullable String refusal) {}

    @Override
    public void handle(Context context, Caller caller) {
        Requests.requireJson(context.contentType());
        String given = context.queryParam(PARTIAL);
        boolean partial = given != null && QueryValues.bool(PARTIAL, given);
        Requests.answer(context, () -> {
            List<Element> elements = elements(context);
            if (!partial) {
                refuseAnyRefused(elements);
            }
            List<Draft> drafts = new ArrayList<>();
            for (Element element : elements) {
                if (element.draft() != null) {
                    drafts.add(element.draft());
                }
            }
            return sending.send(drafts, Requests.key(context, caller), ids -> answer(context, elements, ids));
        });
    }

    private List<Element> elements(Context context) {
        List<?> submitted = context.bodyAsClass(List.class);
        if (submitted.size() > MAX) {
            throw new InvalidInput("a batch must have at most " + MAX + " elements, not " + submitted.size());
        }
        List<Element> elements = new ArrayList<>();
        for (Object one : submitted) {
            elements.add(element(context, one));
        }
        return elements;
    }

    private Element element(Context context, @Nullable Object submitted) {
        if (submitted == null) {
            return new Element(null, "must not be null");
        }
        try {
            String json = context.jsonMapper().toJsonString(submitted, submitted.getClass());
            Submission submission = context.jsonMapper().fromJsonString(json, Submission.class);
            Draft draft = rules.draft(submission);
            sending.check(draft);
            return new Element(draft, null);
        } catch (InvalidInput e) {
            return new Element(null, e.reason());
        } catch (ApiError e) {
            return new Element(null, String.valueOf(e.getMessage()));
        }
    }

    private static void refuseAnyRefused(List<Element> elements) {
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i).refusal() != null) {
                throw new InvalidInput("[" + i + "]: " + elements.get(i).refusal());
            }
        }
    }

    private static String answer(Context context, List<Element> elements, List<NotificationId> ids) {
        Iterator<NotificationId> next = ids.iterator();
        List<Object> answer = new ArrayList<>();
        for (Element element : elements) {
            answer.add(element.refusal() == null ? next.next().toString() : Refused.because(element.refusal()));
        }
        return context.jsonMapper().toJsonString(answer, List.class);
    }
}
