package dev.belfry.host.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.belfry.api.web.ApiError;
import io.javalin.json.JavalinJackson;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JSON mapper of one plugin generation. It does not convert strings to numbers or numbers to strings, and it requires the components
 * of records ({@link RecordNulls}). It has its own type factory: the shared one would keep the plugin's classes from being unloaded.
 */
final class StrictJson implements io.javalin.json.JsonMapper {

    private static final int MAX_DEPTH = 100;

    /** Reused across threads: a virtual thread serves a single request. */
    private static final int MAX_BUFFERS = 16;

    private static final int INITIAL_TYPES = 16;
    private static final int MAX_TYPES = 200;

    /** Jackson has no exception type of its own for a missing component. */
    private static final String MISSING = "Missing required creator property";

    private final ObjectMapper mapper = mapper();
    private final JavalinJackson writer = new JavalinJackson(mapper, true);

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .recyclerPool(JsonRecyclerPools.newBoundedPool(MAX_BUFFERS))
                .build();
        return JsonMapper.builder(factory)
                // Before the modules: the module of Optional changes the type factory.
                .typeFactory(TypeFactory.defaultInstance().withCache(new LRUMap<>(INITIAL_TYPES, MAX_TYPES)))
                .addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                .annotationIntrospector(
                        AnnotationIntrospectorPair.pair(new RecordNulls(), new JacksonAnnotationIntrospector()))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.CLOSE_CLOSEABLE)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    @Override
    public <T> T fromJsonString(String json, Type type) {
        if (json.isBlank()) {
            throw ApiError.input("the body is missing");
        }
        try {
            @Nullable T value = mapper.readValue(json, mapper.constructType(type));
            if (value == null) {
                throw ApiError.input("the body is null");
            }
            refuseNullElements(value, type);
            return value;
        } catch (JsonProcessingException e) {
            throw refusal(e, json, type);
        }
    }

    /** No component declares the elements of a body that is an array. */
    private static void refuseNullElements(Object value, Type type) {
        List<?> elements = switch (value) {
            case Object[] array when type != Object[].class -> Arrays.asList(array);
            case List<?> list when type instanceof ParameterizedType -> list;
            default -> Arrays.asList();
        };
        int index = elements.indexOf(null);
        if (index >= 0) {
            throw ApiError.input("[" + index + "]: must not be null");
        }
    }

    private RuntimeException refusal(JsonProcessingException failure, String json, Type type) {
        return switch (failure) {
            case InvalidDefinitionException e -> new UnreadableBodyClass(type, e);
            case MismatchedInputException e when UnreadableBodyClass.isCause(e) -> new UnreadableBodyClass(type, e);
            case MismatchedInputException e when isMissing(e) -> missing(e, json);
            default -> refusal(failure);
        };
    }

    private static boolean isMissing(MismatchedInputException e) {
        return String.valueOf(e.getOriginalMessage()).startsWith(MISSING);
    }

    private ApiError missing(MismatchedInputException first, String json) {
        String object = path(first.getPath().subList(0, first.getPath().size() - 1));
        List<String> fields = MissingFields.of(first, json, mapper).stream()
                .map(field -> object.isEmpty() ? field : object + "." + field)
                .toList();
        return ApiError.input(String.join(", ", fields) + (fields.size() == 1 ? ": is missing" : ": are missing"));
    }

    private static ApiError refusal(JsonProcessingException failure) {
        return switch (failure) {
            case ValueInstantiationException e when e.getCause() instanceof ApiError error -> error;
            case ValueInstantiationException e
            when e.getCause() instanceof IllegalArgumentException cause -> ApiError.input(at(e) + cause.getMessage());
            case MismatchedInputException e -> ApiError.input(at(e) + mismatch(e));
            case JsonMappingException e -> ApiError.input(at(e) + "cannot be read");
            case JsonParseException e -> ApiError.input("the body is not valid JSON" + place(e));
            default -> ApiError.input("the body cannot be read as JSON" + place(failure));
        };
    }

    private static String mismatch(MismatchedInputException e) {
        if (e instanceof InvalidNullException) {
            return "must not be null";
        }
        Class<?> expected = e.getTargetType();
        return expected == null ? "the body is empty or does not fit" : "must be " + JsonNames.of(expected);
    }

    /** The path of the invalid field, such as {@code actions[2].url: }. */
    private static String at(JsonMappingException e) {
        String path = path(e.getPath());
        return path.isEmpty() ? "the body " : path + ": ";
    }

    private static String path(List<Reference> steps) {
        String path = steps.stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.substring(path.startsWith(".") ? 1 : 0);
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    @Override
    public <T> T fromJsonStream(InputStream json, Type type) {
        try {
            return fromJsonString(new String(json.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8), type);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public String toJsonString(Object value, Type type) {
        return writer.toJsonString(value, type);
    }

    @Override
    public InputStream toJsonStream(Object value, Type type) {
        return writer.toJsonStream(value, type);
    }

    @Override
    public void writeToOutputStream(Stream<?> values, OutputStream out) {
        writer.writeToOutputStream(values, out);
    }
}
