package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.sending.CreateRequest;
import dev.belfry.notifications.sending.CreateRequestRules;
import dev.belfry.notifications.sending.Draft;
import dev.belfry.notifications.sending.InvalidInput;
import dev.belfry.notifications.sending.NotificationSender;
import dev.belfry.notifications.storage.NotificationId;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** POST /notifications/batch. */
final class CreateBatch implements RouteHandler {

    static final String PARTIAL = "partial";

    private final NotificationSender sender;
    private final CreateRequestRules rules;
    private final SendRate rate;

    CreateBatch(NotificationSender sender, CreateRequestRules rules, SendRate rate) {
        this.sender = sender;
        this.rules = rules;
        this.rate = rate;
    }

    private record Error(String name, String message) {}

    /** Replaces the id of an element that was refused. */
    private record Refused(Error error) {
        static Refused because(String reason) {
            return new Refused(new Error("InputError", reason));
        }
    }

    /** An element: either a draft or the reason for its refusal. */
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
            rate.count(context, caller, drafts.size());
            return sender.send(drafts, Requests.key(context, caller), ids -> answer(context, elements, ids));
        });
    }

    private List<Element> elements(Context context) {
        return BatchElements.read(context.bodyAsBytes(), json -> element(context, json));
    }

    private Element element(Context context, String json) {
        if (json.equals("null")) {
            return new Element(null, "must not be null");
        }
        try {
            CreateRequest request = context.jsonMapper().fromJsonString(json, CreateRequest.class);
            Draft draft = rules.draft(request);
            sender.check(draft);
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
