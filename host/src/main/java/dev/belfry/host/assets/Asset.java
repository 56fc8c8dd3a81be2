package dev.belfry.host.assets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that does not change while the host runs, with its compressed forms. Each form has a strong ETag of its own (RFC
 * 9110, section 8.8.3.3).
 */
public final class Asset {

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final String contentType;

    /** The form without an encoding is the first. */
    private final List<Form> forms;

    /** @param encoding content coding; {@code identity} = none */
    private record Form(String encoding, Fingerprint fingerprint, Content content) {}

    private Asset(String contentType, List<Form> forms) {
        this.contentType = contentType;
        this.forms = forms;
    }

    /**
     * @param name the file's name, whose extension decides the content type
     * @param compressed by content coding; if gzip is missing, a file that becomes shorter is compressed
     * @param memory for what is compressed here
     */
    public static Asset read(String name, Content original, Map<String, Content> compressed, CompressionMemory memory)
            throws IOException {
        ContentType type = ContentType.of(name);
        Fingerprint fingerprint = Fingerprint.of(original);
        List<Form> forms = new ArrayList<>();
        forms.add(new Form(AcceptEncoding.IDENTITY, fingerprint, original));
        for (Map.Entry<String, Content> form : compressed.entrySet()) {
            forms.add(new Form(form.getKey(), Fingerprint.of(form.getValue()), form.getValue()));
        }
        if (type.isCompressible() && !compressed.containsKey(AcceptEncoding.GZIP)) {
            Optional<byte[]> made = memory.compress(original, fingerprint.length());
            if (made.isPresent()) {
                Content content = () -> new ByteArrayInputStream(made.get());
                forms.add(new Form(AcceptEncoding.GZIP, Fingerprint.of(content), content));
            }
        }
        return new Asset(type.value(), List.copyOf(forms));
    }

    /**
     * @param acceptEncoding header of the request; null = none
     * @param ifNoneMatch header of the request; null = none
     */
    public AssetResponse answer(@Nullable String acceptEncoding, @Nullable String ifNoneMatch) {
        Form form = best(AcceptEncoding.parse(acceptEncoding));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", form.fingerprint().tag());
        if (forms.size() > 1) {
            headers.put("Vary", "Accept-Encoding");
        }
        if (form.fingerprint().matches(ifNoneMatch)) {
            return new AssetResponse(NOT_MODIFIED, headers, Optional.empty());
        }
        headers.put("Content-Type", contentType);
        headers.put("Content-Length", Long.toString(form.fingerprint().length()));
        if (!form.encoding().equals(AcceptEncoding.IDENTITY)) {
            headers.put("Content-Encoding", form.encoding());
        }
        return new AssetResponse(OK, headers, Optional.of(form.content()));
    }

    /** The form that the client prefers, and of equal ones the shortest. Without an acceptable one, the original. */
    private Form best(AcceptEncoding accepted) {
        return forms.stream()
                .filter(form -> accepted.weightOf(form.encoding()) > 0)
                .min(Comparator.<Form>comparingDouble(form -> -accepted.weightOf(form.encoding()))
                        .thenComparingLong(form -> form.fingerprint().length()))
                .orElse(forms.getFirst());
    }
}
