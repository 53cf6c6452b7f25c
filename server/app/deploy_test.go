package app_test

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"go.yaml.in/yaml/v3"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
)

const deployFolder = "../../configs/deploy"

// deployFiles gives every file for deployment, by its path below the folder.
func deployFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, pattern := range []string{"*", "*/*"} {
		names, err := filepath.Glob(filepath.Join(deployFolder, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if info, err := os.Stat(name); err != nil || info.IsDir() {
				continue
			}
			below, err := filepath.Rel(deployFolder, name)
			if err != nil {
				t.Fatal(err)
			}
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files[filepath.ToSlash(below)] = string(content)
		}
	}
	return files
}

func TestDeploymentNamesKnownSettingsOnly(t *testing.T) {
	variable := regexp.MustCompile(`FIVESTAR_[A-Z][A-Z_]*[A-Z]`)
	named := 0
	for file, content := range deployFiles(t) {
		for _, name := range variable.FindAllString(content, -1) {
			named++
			_, err := app.LoadConfig("", []string{name + "="}, nil)
			if err != nil && strings.Contains(err.Error(), "there is no setting") {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
	if named < 20 {
		t.Errorf("only %d settings found", named)
	}
}

func TestTheProductionExampleIsRead(t *testing.T) {
	config, err := app.LoadConfig("../../configs/production.example.yaml", []string{"FIVESTAR_WECHAT_APP_SECRET=a secret for tests"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if config.SimulatedWeChat() || !config.Loopback() || config.WeChat.CloudRun {
		t.Errorf("%+v", config)
	}
}

type composeFile struct {
	Services map[string]struct {
		Image       string
		Environment map[string]string
		Secrets     []string
		Volumes     []string
		HealthCheck struct{ Test []string }
		DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
		ReadOnly    bool                                  `yaml:"read_only"`
	}
	Secrets map[string]struct{ File string }
	Volumes map[string]any
}

func TestTheComposeFileHangsTogether(t *testing.T) {
	files := deployFiles(t)
	var compose composeFile
	if err := yaml.Unmarshal([]byte(files["compose.yaml"]), &compose); err != nil {
		t.Fatal(err)
	}
	pinned := regexp.MustCompile(`:(local|v?[0-9]+\.[0-9]+\.[0-9]+[a-z0-9.-]*)$`)
	for name, service := range compose.Services {
		if !pinned.MatchString(service.Image) {
			t.Errorf("%s: image %q is not pinned by version", name, service.Image)
		}
		for _, secret := range service.Secrets {
			if compose.Secrets[secret].File == "" {
				t.Errorf("%s: secret %q comes from nowhere", name, secret)
			}
		}
		for key, value := range service.Environment {
			secret, isFile := strings.CutPrefix(value, "/run/secrets/")
			if isFile != strings.HasSuffix(key, "_FILE") || isFile && !slices.Contains(service.Secrets, secret) {
				t.Errorf("%s: %s=%s", name, key, value)
			}
		}
		for _, volume := range service.Volumes {
			from, _, _ := strings.Cut(volume, ":")
			_, isVolume := compose.Volumes[from]
			_, err := os.Stat(filepath.Join(deployFolder, from))
			if !isVolume && err != nil {
				t.Errorf("%s: volume %s: %v", name, volume, err)
			}
		}
		for other, need := range service.DependsOn {
			if len(compose.Services[other].HealthCheck.Test) == 0 || need.Condition != "service_healthy" {
				t.Errorf("%s waits for %s, which cannot say that it is healthy", name, other)
			}
		}
	}
	for _, name := range []string{"one", "two"} {
		server := compose.Services[name]
		if strings.Join(server.HealthCheck.Test, " ") != "CMD /fivestar ready" || !server.ReadOnly || server.Environment["FIVESTAR_DATABASE_DSN_FILE"] == "" {
			t.Errorf("%s: %+v", name, server)
		}
	}
}

func TestTheContainerIsBareAndItsUserIsNobody(t *testing.T) {
	content := deployFiles(t)["Containerfile"]
	from := regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(content, -1)
	if len(from) != 2 || !regexp.MustCompile(`:\d+\.\d+\.\d+$`).MatchString(from[0][1]) || from[1][1] != "scratch" {
		t.Errorf("bases: %v", from)
	}
	for _, line := range []string{"USER 65532:65532", `ENTRYPOINT ["/fivestar"]`, "CGO_ENABLED=0"} {
		if !strings.Contains(content, line) {
			t.Errorf("no %s", line)
		}
	}
	module, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(string(module))
	if version == nil || !strings.HasPrefix(from[0][1], "golang:"+version[1]+".") {
		t.Errorf("go.mod wants %v, the container has %s", version, from[0][1])
	}
}

func TestCloudRunDoesNotTrustItsHeaderByItself(t *testing.T) {
	var settings struct {
		MinNum    int
		EnvParams map[string]string
	}
	if err := json.Unmarshal([]byte(deployFiles(t)["wechat-cloud-run/container.config.json"]), &settings); err != nil {
		t.Fatal(err)
	}
	if settings.EnvParams["FIVESTAR_WECHAT_CLOUD_RUN"] != "false" || settings.MinNum < 1 {
		t.Errorf("%+v", settings)
	}
}

// Our metrics have a label `job` of their own, which Prometheus puts its own in place of unless told not to.
func TestTheScrapeKeepsTheLabelsOfJobs(t *testing.T) {
	var prometheus struct {
		RuleFiles     []string `yaml:"rule_files"`
		ScrapeConfigs []struct {
			JobName     string `yaml:"job_name"`
			HonorLabels bool   `yaml:"honor_labels"`
		} `yaml:"scrape_configs"`
	}
	files := deployFiles(t)
	if err := yaml.Unmarshal([]byte(files["prometheus/prometheus.yml"]), &prometheus); err != nil {
		t.Fatal(err)
	}
	if len(prometheus.ScrapeConfigs) != 1 || prometheus.ScrapeConfigs[0].JobName != "fivestar" || !prometheus.ScrapeConfigs[0].HonorLabels {
		t.Errorf("%+v", prometheus)
	}
	for _, name := range prometheus.RuleFiles {
		if files["prometheus/"+name] == "" {
			t.Errorf("there are no rules in %s", name)
		}
	}
}

// watched gives the expressions of the rules and of the dashboard.
func watched(t *testing.T) (expressions []string) {
	t.Helper()
	files := deployFiles(t)
	var rules struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr string
				Annotations map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(files["prometheus/rules.yml"]), &rules); err != nil {
		t.Fatal(err)
	}
	for _, group := range rules.Groups {
		for _, rule := range group.Rules {
			if rule.Alert == "" || rule.Annotations["what"] == "" || rule.Annotations["do"] == "" {
				t.Errorf("a rule tells nobody what to do: %+v", rule)
			}
			expressions = append(expressions, rule.Expr)
		}
	}
	var dashboard struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal([]byte(files["grafana/dashboard.json"]), &dashboard); err != nil {
		t.Fatal(err)
	}
	for _, panel := range dashboard.Panels {
		for _, target := range panel.Targets {
			expressions = append(expressions, target.Expr)
		}
	}
	return expressions
}

var (
	metricName     = regexp.MustCompile(`\b(fivestar|go|process)_[a-z0-9_]+`)
	labelName      = regexp.MustCompile(`\{[^}]*\}`)
	operationLabel = regexp.MustCompile(`operation!?="([^"]*)"`)
)

// serve runs the jobs too, as a server in production does, until the test ends.
func serve(t *testing.T, h *apptest.Harness) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.App.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func isExposed(exposed, metric string) bool {
	return regexp.MustCompile(`(?m)^` + metric + `[{ ]`).MatchString(exposed)
}

// Whatever rules and dashboard look at is there on a running server, with the labels they choose by: a name that
// is misspelt would be silent for ever.
func TestWhatIsWatchedIsExposed(t *testing.T) {
	h := apptest.Start(t)
	serve(t, h)
	h.Login("secretary").Get("/regions/" + h.World.Community.ID + "/points").Want(http.StatusOK)
	h.Login("resident").Post("/tasks/01ARZ3NDEKTSV4RRFFQ69G5FAV/claims", nil).WantCode(http.StatusNotFound, "not_found")
	h.Anonymous().Post("/sessions", map[string]string{"code": "no code"}).Want(http.StatusUnprocessableEntity)

	operations := map[string]bool{}
	for _, path := range h.App.Web.API.OpenAPI().Paths {
		for _, operation := range []*huma.Operation{path.Get, path.Post, path.Put, path.Patch, path.Delete} {
			if operation != nil {
				operations[operation.OperationID] = true
			}
		}
	}
	var exposed string
	expressions, missing := watched(t), map[string]string{}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) { // a job tells of itself when it has run
		_, exposed = operate(h, "/metrics", "")
		clear(missing)
		for _, expression := range expressions {
			for _, name := range metricName.FindAllString(labelName.ReplaceAllString(expression, ""), -1) {
				if !isExposed(exposed, name) {
					missing[name] = expression
				}
			}
		}
		if len(missing) == 0 || time.Now().After(deadline) {
			break
		}
	}
	for name, expression := range missing {
		t.Errorf("%s is not exposed: %s is silent for ever", name, expression)
	}
	if len(expressions) < 18 {
		t.Errorf("only %d expressions", len(expressions))
	}
	for _, expression := range expressions {
		if strings.Count(expression, "(") != strings.Count(expression, ")") || strings.Count(expression, "{") != strings.Count(expression, "}") {
			t.Errorf("brackets: %s", expression)
		}
		if !metricName.MatchString(expression) && !strings.HasPrefix(expression, "up{") {
			t.Errorf("no metric in %s", expression)
		}
		for _, found := range operationLabel.FindAllStringSubmatch(expression, -1) {
			if !operations[found[1]] {
				t.Errorf("the contract has no operation %s: %s", found[1], expression)
			}
		}
	}
	for _, line := range []string{
		`fivestar_http_problems_total{code="not_found",operation="takeTask"} 1`,
		`fivestar_wechat_calls_total{call="jscode2session",outcome="ok"}`,
		`fivestar_wechat_calls_total{call="jscode2session",outcome="40029"} 1`,
		`go_sql_wait_duration_seconds_total{db_name=`,
		`status="404"`,
	} {
		if !strings.Contains(exposed, line) {
			t.Errorf("%s is not exposed", line)
		}
	}
}
