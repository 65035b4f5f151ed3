using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Store.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class First : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "changes",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    entity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_changes", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "enterprises",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    credit_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    province = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    city = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    industry_code = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    employees = table.Column<int>(type: "integer", nullable: true),
                    revenue = table.Column<long>(type: "bigint", nullable: true),
                    total_assets = table.Column<long>(type: "bigint", nullable: true),
                    qualifications = table.Column<string[]>(type: "text[]", nullable: false),
                    source_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_enterprises", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "feed_head",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_feed_head", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "import_runs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    file_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    digest = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    read = table.Column<long>(type: "bigint", nullable: false),
                    added = table.Column<long>(type: "bigint", nullable: false),
                    updated = table.Column<long>(type: "bigint", nullable: false),
                    unchanged = table.Column<long>(type: "bigint", nullable: false),
                    rejected = table.Column<long>(type: "bigint", nullable: false),
                    rejects_length = table.Column<long>(type: "bigint", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_import_runs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "institutions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false),
                    province = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    city = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_institutions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "matched_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_matched_versions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "matching",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    inbox = table.Column<long>(type: "bigint", nullable: false),
                    turn = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_matching", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "recommendations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    need_id = table.Column<Guid>(type: "uuid", nullable: false),
                    patent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    need_version = table.Column<long>(type: "bigint", nullable: false),
                    patent_version = table.Column<long>(type: "bigint", nullable: false),
                    family = table.Column<long>(type: "bigint", nullable: true),
                    position = table.Column<long>(type: "bigint", nullable: true),
                    score = table.Column<double>(type: "double precision", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    taken_back_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    feedback_comment = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    feedback_given_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    feedback_reason = table.Column<string>(type: "text", nullable: true),
                    feedback_verdict = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recommendations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reference_codes",
                columns: table => new
                {
                    system = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    level = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    title = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reference_codes", x => new { x.system, x.code });
                });

            migrationBuilder.CreateTable(
                name: "needs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    keywords = table.Column<List<string>>(type: "text[]", nullable: false),
                    enterprise_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    visibility = table.Column<string>(type: "text", nullable: false),
                    industry_code = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ipc_hints = table.Column<List<string>>(type: "text[]", nullable: false),
                    accepted_modes = table.Column<string[]>(type: "text[]", nullable: false),
                    budget = table.Column<long>(type: "bigint", nullable: true),
                    min_readiness = table.Column<int>(type: "integer", nullable: true),
                    provinces = table.Column<List<string>>(type: "text[]", nullable: false),
                    deadline = table.Column<DateOnly>(type: "date", nullable: true),
                    source_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    idempotency_key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_needs", x => x.id);
                    table.ForeignKey(
                        name: "FK_needs_enterprises_enterprise_id",
                        column: x => x.enterprise_id,
                        principalTable: "enterprises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "patents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_number = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    publication_number = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    @abstract = table.Column<string>(name: "abstract", type: "text", nullable: true, collation: "C"),
                    claims = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ipc_codes = table.Column<List<string>>(type: "text[]", nullable: false),
                    keywords = table.Column<List<string>>(type: "text[]", nullable: false),
                    holder_id = table.Column<Guid>(type: "uuid", nullable: true),
                    co_holders = table.Column<List<string>>(type: "text[]", nullable: false),
                    inventors = table.Column<List<string>>(type: "text[]", nullable: false),
                    filed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    published_on = table.Column<DateOnly>(type: "date", nullable: true),
                    granted_on = table.Column<DateOnly>(type: "date", nullable: true),
                    expires_on = table.Column<DateOnly>(type: "date", nullable: true),
                    legal_status = table.Column<string>(type: "text", nullable: false),
                    legal_status_on = table.Column<DateOnly>(type: "date", nullable: true),
                    readiness = table.Column<int>(type: "integer", nullable: true),
                    prospect = table.Column<string>(type: "text", nullable: false),
                    transfer_modes = table.Column<string[]>(type: "text[]", nullable: false),
                    asking_price = table.Column<long>(type: "bigint", nullable: true),
                    source_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    idempotency_key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    declared_on = table.Column<DateOnly>(type: "date", nullable: true),
                    fee_basis = table.Column<string>(type: "text", nullable: true),
                    fixed_fee = table.Column<long>(type: "bigint", nullable: true),
                    royalty_rate = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_patents", x => x.id);
                    table.ForeignKey(
                        name: "FK_patents_institutions_holder_id",
                        column: x => x.holder_id,
                        principalTable: "institutions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "legal_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    patent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    on = table.Column<DateOnly>(type: "date", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_legal_events", x => x.id);
                    table.ForeignKey(
                        name: "FK_legal_events_patents_patent_id",
                        column: x => x.patent_id,
                        principalTable: "patents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "patent_aliases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    patent_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_patent_aliases", x => x.id);
                    table.ForeignKey(
                        name: "FK_patent_aliases_patents_patent_id",
                        column: x => x.patent_id,
                        principalTable: "patents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "publications",
                columns: table => new
                {
                    number = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    patent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publications", x => x.number);
                    table.ForeignKey(
                        name: "FK_publications_patents_patent_id",
                        column: x => x.patent_id,
                        principalTable: "patents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "feed_head",
                columns: new[] { "id", "position" },
                values: new object[] { 1, 0L });

            migrationBuilder.InsertData(
                table: "matching",
                columns: new[] { "id", "inbox", "position", "turn" },
                values: new object[] { 1, 0L, 0L, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_enterprises_credit_code",
                table: "enterprises",
                column: "credit_code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_enterprises_name",
                table: "enterprises",
                column: "name");

            migrationBuilder.CreateIndex(
                name: "IX_import_runs_kind_digest",
                table: "import_runs",
                columns: new[] { "kind", "digest" });

            migrationBuilder.CreateIndex(
                name: "IX_institutions_code",
                table: "institutions",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_institutions_name",
                table: "institutions",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_legal_events_patent_id",
                table: "legal_events",
                column: "patent_id");

            migrationBuilder.CreateIndex(
                name: "IX_needs_enterprise_id",
                table: "needs",
                column: "enterprise_id");

            migrationBuilder.CreateIndex(
                name: "IX_needs_idempotency_key",
                table: "needs",
                column: "idempotency_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_needs_source_id",
                table: "needs",
                column: "source_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_patent_aliases_patent_id",
                table: "patent_aliases",
                column: "patent_id");

            migrationBuilder.CreateIndex(
                name: "IX_patents_application_number",
                table: "patents",
                column: "application_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_patents_filed_on",
                table: "patents",
                column: "filed_on");

            migrationBuilder.CreateIndex(
                name: "IX_patents_holder_id",
                table: "patents",
                column: "holder_id");

            migrationBuilder.CreateIndex(
                name: "IX_patents_idempotency_key",
                table: "patents",
                column: "idempotency_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_patents_publication_number",
                table: "patents",
                column: "publication_number");

            migrationBuilder.CreateIndex(
                name: "IX_patents_source_id",
                table: "patents",
                column: "source_id");

            migrationBuilder.CreateIndex(
                name: "IX_publications_patent_id",
                table: "publications",
                column: "patent_id");

            migrationBuilder.CreateIndex(
                name: "IX_recommendations_need_id",
                table: "recommendations",
                column: "need_id",
                filter: "position IS NULL AND taken_back_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_recommendations_need_id_patent_id_need_version_patent_versi~",
                table: "recommendations",
                columns: new[] { "need_id", "patent_id", "need_version", "patent_version" },
                unique: true,
                filter: "taken_back_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_recommendations_patent_id",
                table: "recommendations",
                column: "patent_id");

            migrationBuilder.CreateIndex(
                name: "IX_recommendations_position",
                table: "recommendations",
                column: "position",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "changes");

            migrationBuilder.DropTable(
                name: "feed_head");

            migrationBuilder.DropTable(
                name: "import_runs");

            migrationBuilder.DropTable(
                name: "legal_events");

            migrationBuilder.DropTable(
                name: "matched_versions");

            migrationBuilder.DropTable(
                name: "matching");

            migrationBuilder.DropTable(
                name: "needs");

            migrationBuilder.DropTable(
                name: "patent_aliases");

            migrationBuilder.DropTable(
                name: "publications");

            migrationBuilder.DropTable(
                name: "recommendations");

            migrationBuilder.DropTable(
                name: "reference_codes");

            migrationBuilder.DropTable(
                name: "enterprises");

            migrationBuilder.DropTable(
                name: "patents");

            migrationBuilder.DropTable(
                name: "institutions");
        }
    }
}
