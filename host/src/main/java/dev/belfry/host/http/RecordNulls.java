package dev.belfry.host.http;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.io.Serial;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Null rules of records. A component is required and not null, unless it is {@code @Nullable}, an {@code Optional}, or says with
 * {@link JsonSetter} what a null becomes. The same is true of the elements of its arrays, collections and maps.
 */
final class RecordNulls extends NopAnnotationIntrospector {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Set<Class<?>> OPTIONAL =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        return componentOf(member).map(RecordNulls::isRequired).orElse(null);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated member) {
        return componentOf(member)
                .filter(component -> !hasRuleOfItsOwn(component))
                .map(component -> JsonSetter.Value.construct(
                        isRequired(component) ? Nulls.FAIL : Nulls.DEFAULT,
                        mayContainNull(component.getAnnotatedType()) ? Nulls.DEFAULT : Nulls.FAIL))
                .orElse(JsonSetter.Value.empty());
    }

    /** The component, if this is the parameter of a canonical constructor. */
    private static Optional<RecordComponent> componentOf(Annotated member) {
        if (!(member instanceof AnnotatedParameter parameter)
                || !(parameter.getOwner() instanceof AnnotatedConstructor constructor)
                || !constructor.getDeclaringClass().isRecord()) {
            return Optional.empty();
        }
        RecordComponent[] components = constructor.getDeclaringClass().getRecordComponents();
        Class<?>[] canonical =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return Arrays.equals(canonical, constructor.getAnnotated().getParameterTypes())
                ? Optional.of(components[parameter.getIndex()])
                : Optional.empty();
    }

    private static boolean isRequired(RecordComponent component) {
        return !hasRuleOfItsOwn(component)
                && !OPTIONAL.contains(component.getType())
                && !isNullable(component)
                && !isNullable(component.getAccessor())
                && !isNullable(component.getAnnotatedType());
    }

    private static boolean hasRuleOfItsOwn(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonSetter.class);
    }

    private static boolean mayContainNull(AnnotatedType type) {
        return switch (type) {
            case AnnotatedArrayType array -> isNullableOrUntyped(array.getAnnotatedGenericComponentType());
            case AnnotatedParameterizedType generic ->
                Arrays.stream(generic.getAnnotatedActualTypeArguments()).anyMatch(RecordNulls::isNullableOrUntyped);
            default -> type.getType() instanceof Class<?> raw && isCollection(raw);
        };
    }

    /** {@code Object} is any JSON value, so also null. */
    private static boolean isNullableOrUntyped(AnnotatedType content) {
        return isNullable(content) || content.getType() == Object.class || mayContainNull(content);
    }

    private static boolean isCollection(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    /** Any annotation of this name: projects differ in whose they use. */
    private static boolean isNullable(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
    }
}
