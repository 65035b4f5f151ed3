using System.Text.Json;
using GraphQL.Types;

namespace Matchmaking.Api;

/// <summary>Why a mutation was refused; it changed nothing.</summary>
internal abstract record Refusal(string Message, string Code);

/// <summary>A value of the input that can't be taken.</summary>
internal sealed record InvalidInputError(string Message, string Field, string? Value) : Refusal(Message, "INVALID_INPUT");

/// <summary>Something the input names doesn't exist.</summary>
internal sealed record NotFoundError(string Message, string Field) : Refusal(Message, "NOT_FOUND");

/// <summary>The thing has changed since the caller read it.</summary>
internal sealed record ConflictError(string Message, DateTime UpdatedAt) : Refusal(Message, "CONFLICT");

/// <summary>The number already belongs to another patent.</summary>
internal sealed record DuplicateNumberError(string Message, string Number) : Refusal(Message, "DUPLICATE_NUMBER");

/// <summary>The thing's state doesn't allow it.</summary>
internal sealed record WrongStateError(string Message, string State) : Refusal(Message, "WRONG_STATE");

/// <summary>Leaves a mutation with its reasons; caught where the payload is made.</summary>
internal sealed class RefusedException(IReadOnlyList<Refusal> refusals) : Exception(refusals[0].Message)
{
    public RefusedException(Refusal refusal) : this([refusal])
    {
    }

    public IReadOnlyList<Refusal> Refusals => refusals;
}

internal sealed class ErrorType : InterfaceGraphType<Refusal>
{
    public ErrorType()
    {
        Name = "Error";
        Description = "Why a mutation was refused; it changed nothing (错误).";
        Field<NonNullGraphType<StringGraphType>>("message").Description("What is wrong, in words, naming the field and the value (说明).");
        Field<NonNullGraphType<StringGraphType>>("code").Description("A code to branch on (代码).");
    }
}

/// <summary>One kind of refusal on the wire.</summary>
internal abstract class RefusalType<T> : ValueType<T> where T : Refusal
{
    protected RefusalType(string description)
    {
        Name = typeof(T).Name;
        Description = description;
        foreach (var field in Fields)
        {
            field.Description ??= JsonNamingPolicy.CamelCase.ConvertName(field.Name) switch
            {
                "message" => "What is wrong, in words, naming the field and the value (说明).",
                "code" => "A code to branch on (代码).",
                "field" => "The input field, as it stands in the schema (字段).",
                "value" => "The value given, shortened if it is long (值).",
                "updatedAt" => "When it last changed (更新时间).",
                "number" => "The number, normalised (号码).",
                "state" => "The state it is in (状态).",
                _ => null,
            };
        }
        Interface<ErrorType>();
    }
}

internal sealed class InvalidInputErrorType() : RefusalType<InvalidInputError>("A value of the input that can't be taken (输入无效).");

internal sealed class NotFoundErrorType() : RefusalType<NotFoundError>("Something the input names doesn't exist (不存在).");

internal sealed class ConflictErrorType() : RefusalType<ConflictError>("The thing has changed since the caller read it (版本冲突).");

internal sealed class DuplicateNumberErrorType() : RefusalType<DuplicateNumberError>("The number already belongs to another patent (号码重复).");

internal sealed class WrongStateErrorType() : RefusalType<WrongStateError>("The thing's state doesn't allow it (状态不允许).");

/// <summary>The kinds of refusal, for mutations to name theirs.</summary>
internal sealed record RefusalTypes(
    InvalidInputErrorType InvalidInput, NotFoundErrorType NotFound, ConflictErrorType Conflict, DuplicateNumberErrorType DuplicateNumber, WrongStateErrorType WrongState);
