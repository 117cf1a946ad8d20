package temporalserver_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	computepb "go.temporal.io/api/compute/v1"
	deploymentpb "go.temporal.io/api/deployment/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/server/common/archiver/gcloud/connector"
	"go.temporal.io/server/common/config"

	"duban/standalone/temporalserver"
)

// What this build of the server leaves out says so when it is asked for, and the rest of its parts go on without it:
// versions of workers are made, shown and deleted.
func TestWhatIsLeftOutSaysSo(t *testing.T) {
	server := start(t, temporalserver.Config{Dir: t.TempDir()})
	y := connect(t, server.Address())
	service := y.client.WorkflowService()
	version := &deploymentpb.WorkerDeploymentVersion{DeploymentName: "carriers", BuildId: "1"}
	groups := map[string]*computepb.ComputeConfigScalingGroup{"all": {Provider: &computepb.ComputeProvider{Type: "k8s"}}}

	ask := func(name string, call func(ctx context.Context) error) {
		t.Helper()
		if err := call(t.Context()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	ask("make a deployment", func(ctx context.Context) error {
		_, err := service.CreateWorkerDeployment(ctx, &workflowservice.CreateWorkerDeploymentRequest{Namespace: "duban", DeploymentName: "carriers", RequestId: "1"})
		return err
	})
	_, err := service.ValidateWorkerDeploymentVersionComputeConfig(t.Context(), &workflowservice.ValidateWorkerDeploymentVersionComputeConfigRequest{
		Namespace: "duban", DeploymentVersion: version,
		ComputeConfigScalingGroups: map[string]*computepb.ComputeConfigScalingGroupUpdate{"all": {ScalingGroup: groups["all"]}},
	})
	wantLeftOut(t, err)
	_, err = service.CreateWorkerDeploymentVersion(t.Context(), &workflowservice.CreateWorkerDeploymentVersionRequest{
		Namespace: "duban", DeploymentVersion: version, RequestId: "2", ComputeConfig: &computepb.ComputeConfig{ScalingGroups: groups},
	})
	wantLeftOut(t, err)

	ask("make a version", func(ctx context.Context) error {
		_, err := service.CreateWorkerDeploymentVersion(ctx, &workflowservice.CreateWorkerDeploymentVersionRequest{Namespace: "duban", DeploymentVersion: version, RequestId: "3"})
		return err
	})
	ask("show it", func(ctx context.Context) error {
		answer, err := service.DescribeWorkerDeploymentVersion(ctx, &workflowservice.DescribeWorkerDeploymentVersionRequest{Namespace: "duban", DeploymentVersion: version})
		if err == nil && answer.GetWorkerDeploymentVersionInfo().GetComputeConfig() != nil {
			err = errors.New("it has a compute configuration")
		}
		return err
	})
	ask("delete it", func(ctx context.Context) error {
		_, err := service.DeleteWorkerDeploymentVersion(ctx, &workflowservice.DeleteWorkerDeploymentVersionRequest{Namespace: "duban", DeploymentVersion: version})
		return err
	})
	y.disconnect()
	stop(t, server)

	if _, err := connector.NewClient(t.Context(), &config.GstorageArchiver{}); err == nil || !strings.Contains(err.Error(), "not part of this build") {
		t.Errorf("an archive in Google's cloud: %v", err)
	}
}

// wantLeftOut wants a refusal that nobody tries again and that names its reason.
func wantLeftOut(t *testing.T, err error) {
	t.Helper()
	var invalid *serviceerror.InvalidArgument
	if !errors.As(err, &invalid) || !strings.Contains(err.Error(), "not part of this build") {
		t.Errorf("compute for workers: %v", err)
	}
}
