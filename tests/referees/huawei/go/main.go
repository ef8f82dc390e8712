// Huawei Cloud's own SDK for Go, unchanged, does all its signature operations at the sandbox.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/def"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	msgsms "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/msgsms/v2"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/msgsms/v2/model"

	"referees/shared"
)

const reason = "资质不清晰"

func client(sk string) *msgsms.MsgsmsClient {
	credentials, err := basic.NewCredentialsBuilder().
		WithAk(os.Getenv("HUAWEICLOUD_SDK_AK")).
		WithSk(sk).
		WithProjectId(os.Getenv("HUAWEICLOUD_SDK_PROJECT_ID")).
		SafeBuild()
	if err != nil {
		panic(err)
	}
	http, err := msgsms.MsgsmsClientBuilder().
		WithEndpoint(os.Getenv("HUAWEICLOUD_MSGSMS_ENDPOINT")).
		WithCredential(credentials).
		SafeBuild()
	if err != nil {
		panic(err)
	}
	return msgsms.NewMsgsmsClient(http)
}

func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

func main() {
	own := client(os.Getenv("HUAWEICLOUD_SDK_SK"))
	var id, fileId string

	application := func(name string) *model.SmsSignatureReq {
		qualification, description := "q-417", "order notices"
		return &model.SmsSignatureReq{
			AppId:           "5b0c0000-0000-4000-8000-000000000a99",
			SignatureName:   name,
			SignatureSource: 0,
			SignatureType:   "NOTIFY_TYPE",
			IsInvolvedThird: "No",
			QualificationId: &qualification,
			ApplyDesc:       &description,
			FileId:          &fileId,
		}
	}
	shown := func(name, status, reviewed string) error {
		answer, err := own.ShowSignature(&model.ShowSignatureRequest{Id: id})
		if err != nil {
			return err
		}
		is := []string{text(answer.SignatureName), text(answer.Status), text(answer.ReviewDesc)}
		return shared.Same(is, []string{name, status, reviewed})
	}
	review := func(verdict string, body map[string]string) error {
		return shared.Review("huawei", id, verdict, body)
	}

	shared.Operation("upload a file", func() error {
		content, err := os.Open(os.Getenv("REFEREE_PROOF"))
		if err != nil {
			return err
		}
		defer content.Close()
		description := "licence"
		answer, err := own.UploadSignatureFile(&model.UploadSignatureFileRequest{
			FileDesc: &description,
			Body:     &model.UploadSignatureFileRequestBody{File: def.NewFilePart(content)},
		})
		if err != nil {
			return err
		}
		if fileId = text(answer.FileId); fileId == "" {
			return errors.New("no id")
		}
		return nil
	})
	shared.Operation("look up a file", func() error {
		answer, err := own.ShowSignatureFile(&model.ShowSignatureFileRequest{FileId: fileId})
		if err != nil {
			return err
		}
		is := []string{text(answer.FileId), text(answer.FileName), text(answer.FileDesc)}
		return shared.Same(is, []string{fileId, "proof.png", "licence"})
	})
	shared.Operation("submit", func() error {
		answer, err := own.CreateSignature(&model.CreateSignatureRequest{Body: application("极客科技")})
		if err != nil {
			return err
		}
		if id = text(answer.Id); id == "" {
			return errors.New("no id")
		}
		return shared.Same(text(answer.SignatureName), "极客科技")
	})
	shared.Operation("look up", func() error {
		return shown("极客科技", "PENDING_REVIEW", "")
	})
	shared.Operation("list", func() error {
		name, limit := "极客科技", int32(10)
		answer, err := own.ListSignatureDetails(
			&model.ListSignatureDetailsRequest{SignatureName: &name, Limit: &limit},
		)
		if err != nil {
			return err
		}
		if answer.Results == nil || len(*answer.Results) != 1 || answer.Total == nil {
			return fmt.Errorf("not one: %v", answer)
		}
		found := (*answer.Results)[0]
		return shared.Same([]any{text(found.Id), text(found.SignatureName), *answer.Total}, []any{id, name, 1})
	})
	shared.Operation("look up a rejection", func() error {
		if err := review("reject", map[string]string{"reason": reason}); err != nil {
			return err
		}
		return shown("极客科技", "REVIEW_NOT_PASS", reason)
	})
	shared.Operation("modify", func() error {
		answer, err := own.UpdateSignature(
			&model.UpdateSignatureRequest{Id: id, Body: application("极客网络")},
		)
		if err != nil {
			return err
		}
		if err := shared.Same(text(answer.SignatureName), "极客网络"); err != nil {
			return err
		}
		return shown("极客网络", "PENDING_REVIEW", "")
	})
	shared.Operation("look up an approval", func() error {
		if err := review("approve", map[string]string{}); err != nil {
			return err
		}
		return shown("极客网络", "REVIEW_PROCESSING_COMPLETED", "")
	})
	shared.Operation("activate", func() error {
		if err := review("status", map[string]string{"vendor_status": "TO_BE_ACTIVATED"}); err != nil {
			return err
		}
		if _, err := own.EnableSignature(&model.EnableSignatureRequest{Id: id}); err != nil {
			return err
		}
		return shown("极客网络", "PENDING_ACTIVATE", "")
	})
	shared.Operation("delete", func() error {
		if err := review("approve", map[string]string{}); err != nil {
			return err
		}
		_, err := own.DeleteSignature(&model.DeleteSignatureRequest{Id: id})
		return err
	})
	shared.Operation("a wrong key is refused", func() error {
		_, err := client("another-key").ListSignatureDetails(&model.ListSignatureDetailsRequest{})
		var refusal *sdkerr.ServiceResponseError
		if !errors.As(err, &refusal) {
			return fmt.Errorf("not refused: %v", err)
		}
		return shared.Same(refusal.ErrorCode, "APIGW.0301")
	})
	shared.Finish()
}
