using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Store.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class RightsAndDeliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "adjustment",
                table: "recommendations",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "answered_modes",
                table: "recommendations",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<long>(
                name: "answered_price",
                table: "recommendations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "answered_readiness",
                table: "recommendations",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "behind_id",
                table: "recommendations",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "filing",
                table: "recommendations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "audit_hash",
                table: "feed_head",
                type: "text",
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<long>(
                name: "audited",
                table: "feed_head",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "audit_trail",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    roles = table.Column<string[]>(type: "text[]", nullable: false),
                    token_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    address = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    request_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    action = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    entity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    province = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    is_confidential = table.Column<bool>(type: "boolean", nullable: false),
                    before = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    after = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    hash = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_trail", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "digests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    frequency = table.Column<string>(type: "text", nullable: false),
                    unsubscribed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    unsubscribe_token = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    sending_to = table.Column<long>(type: "bigint", nullable: true),
                    sending_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    enterprise_id = table.Column<Guid>(type: "uuid", nullable: true),
                    institution_id = table.Column<Guid>(type: "uuid", nullable: true),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_digests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "erased_persons",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    institution_id = table.Column<Guid>(type: "uuid", nullable: true),
                    digest = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erased_persons", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "matching_nodes",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    turns = table.Column<long>(type: "bigint", nullable: false),
                    changes = table.Column<long>(type: "bigint", nullable: false),
                    recommendations = table.Column<long>(type: "bigint", nullable: false),
                    busy_milliseconds = table.Column<long>(type: "bigint", nullable: false),
                    index_position = table.Column<long>(type: "bigint", nullable: false),
                    seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_matching_nodes", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "need_feeds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    need_id = table.Column<Guid>(type: "uuid", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_need_feeds", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "need_invitations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    need_id = table.Column<Guid>(type: "uuid", nullable: false),
                    enterprise_id = table.Column<Guid>(type: "uuid", nullable: true),
                    institution_id = table.Column<Guid>(type: "uuid", nullable: true),
                    agency = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_need_invitations", x => x.id);
                    table.ForeignKey(
                        name: "FK_need_invitations_needs_need_id",
                        column: x => x.need_id,
                        principalTable: "needs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "revoked_tokens",
                columns: table => new
                {
                    token_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_revoked_tokens", x => x.token_id);
                });

            migrationBuilder.CreateTable(
                name: "webhooks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    need_id = table.Column<Guid>(type: "uuid", nullable: true),
                    url = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    is_paused = table.Column<bool>(type: "boolean", nullable: false),
                    secret = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    former_secret = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    former_secret_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    succeeded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    next_attempt_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    busy_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    turn = table.Column<long>(type: "bigint", nullable: false),
                    enterprise_id = table.Column<Guid>(type: "uuid", nullable: true),
                    institution_id = table.Column<Guid>(type: "uuid", nullable: true),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhooks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    webhook_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recommendation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    position = table.Column<long>(type: "bigint", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    is_replay = table.Column<bool>(type: "boolean", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    give_up_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_status = table.Column<int>(type: "integer", nullable: true),
                    last_fault = table.Column<string>(type: "text", nullable: true),
                    last_took = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deliveries", x => x.id);
                    table.ForeignKey(
                        name: "FK_deliveries_webhooks_webhook_id",
                        column: x => x.webhook_id,
                        principalTable: "webhooks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.UpdateData(
                table: "feed_head",
                keyColumn: "id",
                keyValue: 1,
                columns: new[] { "audit_hash", "audited" },
                values: new object[] { "0000000000000000000000000000000000000000000000000000000000000000", 0L });

            migrationBuilder.CreateIndex(
                name: "IX_recommendations_behind_id",
                table: "recommendations",
                column: "behind_id");

            migrationBuilder.CreateIndex(
                name: "IX_recommendations_need_id_created_at",
                table: "recommendations",
                columns: new[] { "need_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_trail_entity_id_id",
                table: "audit_trail",
                columns: new[] { "entity_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_updated_at",
                table: "deliveries",
                column: "updated_at");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_webhook_id_recommendation_id",
                table: "deliveries",
                columns: new[] { "webhook_id", "recommendation_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_pending",
                table: "deliveries",
                column: "webhook_id",
                filter: "state = 'Pending'");

            migrationBuilder.CreateIndex(
                name: "IX_digests_due_at",
                table: "digests",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "IX_digests_enterprise_id_address",
                table: "digests",
                columns: new[] { "enterprise_id", "address" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_digests_institution_id_address",
                table: "digests",
                columns: new[] { "institution_id", "address" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_digests_unsubscribe_token",
                table: "digests",
                column: "unsubscribe_token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_need_feeds_need_id",
                table: "need_feeds",
                column: "need_id");

            migrationBuilder.CreateIndex(
                name: "IX_need_feeds_token_hash",
                table: "need_feeds",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_need_invitations_need_id_agency",
                table: "need_invitations",
                columns: new[] { "need_id", "agency" },
                unique: true,
                filter: "agency IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_need_invitations_need_id_institution_id",
                table: "need_invitations",
                columns: new[] { "need_id", "institution_id" },
                unique: true,
                filter: "institution_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_webhooks_enterprise_id",
                table: "webhooks",
                column: "enterprise_id");

            migrationBuilder.CreateIndex(
                name: "IX_webhooks_institution_id",
                table: "webhooks",
                column: "institution_id");
            // Who matches or follows on other nodes is woken; see NodeListener.
            migrationBuilder.Sql("""
                CREATE FUNCTION matchmaking_tell() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_notify('matchmaking', TG_TABLE_NAME);
                    RETURN NULL;
                END $$;
                CREATE TRIGGER matchmaking_tell AFTER UPDATE ON feed_head FOR EACH STATEMENT EXECUTE FUNCTION matchmaking_tell();
                CREATE TRIGGER matchmaking_tell AFTER UPDATE ON matching FOR EACH STATEMENT EXECUTE FUNCTION matchmaking_tell();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER matchmaking_tell ON matching;
                DROP TRIGGER matchmaking_tell ON feed_head;
                DROP FUNCTION matchmaking_tell();
                """);

            migrationBuilder.DropTable(
                name: "audit_trail");

            migrationBuilder.DropTable(
                name: "deliveries");

            migrationBuilder.DropTable(
                name: "digests");

            migrationBuilder.DropTable(
                name: "erased_persons");

            migrationBuilder.DropTable(
                name: "matching_nodes");

            migrationBuilder.DropTable(
                name: "need_feeds");

            migrationBuilder.DropTable(
                name: "need_invitations");

            migrationBuilder.DropTable(
                name: "revoked_tokens");

            migrationBuilder.DropTable(
                name: "webhooks");

            migrationBuilder.DropIndex(
                name: "IX_recommendations_behind_id",
                table: "recommendations");

            migrationBuilder.DropIndex(
                name: "IX_recommendations_need_id_created_at",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "adjustment",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "answered_modes",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "answered_price",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "answered_readiness",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "behind_id",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "filing",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "audit_hash",
                table: "feed_head");

            migrationBuilder.DropColumn(
                name: "audited",
                table: "feed_head");
        }
    }
}
