/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
export interface paths {
    "/api/v1/activities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 活动列表 */
        get: operations["listActivities"];
        put?: never;
        /** 发起活动 */
        post: operations["createActivity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个活动 */
        get: operations["getActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/attendance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 签到名单 */
        get: operations["listAttendance"];
        put?: never;
        /** 队长补登 */
        post: operations["giveWord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 取消活动 */
        post: operations["cancelActivity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/checkin-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 现场签到码 */
        get: operations["getCheckInCode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/checkins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 签到 */
        post: operations["checkIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/checkouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 签退 */
        post: operations["checkOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 结束活动 */
        post: operations["closeActivity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 确认活动，发放积分 */
        post: operations["confirmActivity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 发布活动 */
        post: operations["publishActivity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 退回给队长 */
        post: operations["reopenActivity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 扫码记录 */
        get: operations["listScans"];
        put?: never;
        /** 上传扫码 */
        post: operations["uploadScans"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/signups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 报名名单 */
        get: operations["listSignups"];
        put?: never;
        /** 报名 */
        post: operations["signUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activities/{id}/signups/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** 取消报名 */
        delete: operations["withdrawSignup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificates/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 核对证书 */
        get: operations["checkCertificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一次认领 */
        get: operations["getClaim"];
        put?: never;
        post?: never;
        /** 放弃认领 */
        delete: operations["abandonClaim"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{id}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 申诉 */
        post: operations["appealClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{id}/appeal/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 裁决申诉 */
        post: operations["decideAppeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{id}/put-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 放回抽到的任务卡 */
        post: operations["putBackCard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 审核 */
        post: operations["reviewClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{id}/submission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 提交完成情况 */
        put: operations["submitClaim"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/content-checks/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 人工审核内容 */
        post: operations["decideContentCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 上传照片 */
        post: operations["uploadFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 照片 */
        get: operations["getFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/thumb": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 缩略图 */
        get: operations["getThumb"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/households/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一户 */
        get: operations["getHousehold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/households/{id}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 安排联系党员 */
        put: operations["setHouseholdContact"];
        post?: never;
        /** 取消联系党员 */
        delete: operations["endHouseholdContact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的资料 */
        get: operations["getMe"];
        put?: never;
        post?: never;
        /** 注销 */
        delete: operations["deleteMe"];
        options?: never;
        head?: never;
        /** 修改我的资料 */
        patch: operations["updateMe"];
        trace?: never;
    };
    "/api/v1/me/activities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的活动 */
        get: operations["listMyActivities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的志愿服务证书 */
        get: operations["listMyCertificates"];
        put?: never;
        /** 开志愿服务证书 */
        post: operations["issueCertificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/certificates/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一张志愿服务证书 */
        get: operations["getMyCertificate"];
        put?: never;
        post?: never;
        /** 收回证书 */
        delete: operations["revokeCertificate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/certificates/{number}/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 证书打印页 */
        get: operations["printCertificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的认领 */
        get: operations["listMyClaims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的个人码 */
        get: operations["getPersonalCode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 导出我的全部信息 */
        get: operations["exportMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 首页 */
        get: operations["getHome"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/households": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我联系的户 */
        get: operations["listMyHouseholds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/notice-consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 同意接收订阅消息 */
        post: operations["agreeToNotices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/notice-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 可以请求订阅的消息模板 */
        get: operations["listNoticeTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的消息 */
        get: operations["listMyNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/notices/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 还没看的消息有几条 */
        get: operations["countMyNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/notices/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 一条消息和它以前的都看过了 */
        post: operations["readNotices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/notices/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 看过一条消息 */
        put: operations["readNotice"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 绑定手机号 */
        put: operations["bindPhone"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/phone-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 谁查看过我的手机号 */
        get: operations["listPhoneViews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的积分 */
        get: operations["getMyPoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/points/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我提出的疑问 */
        get: operations["listMyDisputes"];
        put?: never;
        /** 反映少记的积分 */
        post: operations["disputeMissing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/points/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的积分明细 */
        get: operations["listMyPointsEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/points/rank": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的名次 */
        get: operations["getMyRank"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/redemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的兑换 */
        get: operations["listMyRedemptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/dead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 没有发出去的消息 */
        get: operations["listDeadNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 重新发送一条消息 */
        post: operations["resendNotice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/odd-cases/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 处理一件异常情况 */
        post: operations["decideOddCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/open/communities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 开放数据:社区 */
        get: operations["listOpenCommunities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/open/communities.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 开放数据:社区(CSV) */
        get: operations["exportOpenCommunities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/open/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 开放数据:每月数字 */
        get: operations["listOpenFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/open/figures.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 开放数据:每月数字(CSV) */
        get: operations["exportOpenFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organisations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 组织列表 */
        get: operations["listOrganisations"];
        put?: never;
        /** 新建组织 */
        post: operations["createOrganisation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organisations/{id}/redemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 商户的月度对账 */
        get: operations["getStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organisations/{id}/redemptions.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 导出月度对账 */
        get: operations["exportStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organisations/{id}/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个组织的服务项目 */
        get: operations["listServicesOfOrganisation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一位居民 */
        get: operations["getPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一位居民的卡 */
        get: operations["listCards"];
        put?: never;
        /** 制卡 */
        post: operations["issueCard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/cards/{card_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** 挂失 */
        delete: operations["revokeCard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/home-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 核实住址 */
        post: operations["verifyHome"];
        /** 取消住址核实 */
        delete: operations["doubtHome"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 查看完整手机号(留痕) */
        get: operations["getPhone"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/points/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个人的积分明细 */
        get: operations["listPointsEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 手工调整列表 */
        get: operations["listAdjustments"];
        put?: never;
        /** 提出手工调整 */
        post: operations["proposeAdjustment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/adjustments/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 同意手工调整 */
        post: operations["approveAdjustment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/adjustments/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 不同意手工调整 */
        post: operations["rejectAdjustment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/disputes/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 答复疑问 */
        post: operations["answerDispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/disputes/{id}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 对答复申诉 */
        post: operations["appealDispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/disputes/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 裁决对答复的申诉 */
        post: operations["decideDispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/entries/{id}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 对一笔积分提出疑问 */
        post: operations["disputeEntry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/entries/{id}/reversal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 撤销一笔积分 */
        post: operations["reversePointsEntry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/minutes/{source_id}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 对一次服务时长提出疑问 */
        post: operations["disputeMinutes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/redemptions/fulfil": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 核销兑换码 */
        post: operations["fulfilRedemption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/redemptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一次兑换 */
        get: operations["getRedemption"];
        put?: never;
        post?: never;
        /** 取消兑换 */
        delete: operations["cancelRedemption"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 区划列表 */
        get: operations["listRegions"];
        put?: never;
        /** 新建区划 */
        post: operations["createRegion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个区划 */
        get: operations["getRegion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 操作记录 */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/bulletin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 周通报、月调度、季观摩 */
        get: operations["getBulletin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/bulletin.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 通报打印页 */
        get: operations["printBulletin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/bulletin.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 导出通报 */
        get: operations["exportBulletin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/bulletin/{figure}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个数字是从哪些数出来的 */
        get: operations["listBulletinRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/bulletins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 各社区的通报 */
        get: operations["listBulletins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 服务日历 */
        get: operations["getCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 待审核的认领，等得最久的在前 */
        get: operations["listRegionClaims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/content-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 等待人工审核的内容 */
        get: operations["listContentChecks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/households": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 住户名单 */
        get: operations["listHouseholds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/leaderboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 社区的积分榜 */
        get: operations["listLeaderboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/odd-cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 值得看一看的异常情况 */
        get: operations["listOddCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 居民名单 */
        get: operations["listPeople"];
        put?: never;
        /** 登记一位居民 */
        post: operations["createPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 社区的积分名单 */
        get: operations["listPoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/points.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 导出积分名单 */
        get: operations["exportPoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/points/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 居民对积分的疑问 */
        get: operations["listDisputes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/points/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 各社区的积分汇总 */
        get: operations["summarisePoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/points/trend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 积分走势 */
        get: operations["getPointsTrend"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/role-grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 区划内的角色 */
        get: operations["listRoleGrants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/roster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 导入名单 */
        post: operations["importRoster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/roster/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 导入记录 */
        get: operations["listRosterImports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/roster/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 预览名单 */
        post: operations["previewRoster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 社区的开关与时限 */
        get: operations["getSettings"];
        /** 修改社区的开关与时限 */
        put: operations["changeSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/settings/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 设置的修改记录 */
        get: operations["listSettingsChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/spot-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 街道抽查 */
        get: operations["listSpotChecks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/spot-checks/draw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 把一个月的抽签重做一遍 */
        get: operations["repeatSpotCheckDraw"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/spot-checks/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 抽查的数字 */
        get: operations["getSpotCheckFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/{id}/tickets/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 四联单统计 */
        get: operations["getTicketFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rewards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 可以兑换的 */
        get: operations["listRewards"];
        put?: never;
        /** 新建兑换项目 */
        post: operations["createReward"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rewards/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个兑换项目 */
        get: operations["getReward"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** 修改兑换项目 */
        patch: operations["changeReward"];
        trace?: never;
    };
    "/api/v1/rewards/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 结束兑换 */
        post: operations["closeReward"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rewards/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 发布兑换项目 */
        post: operations["publishReward"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rewards/{id}/redemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个项目的兑换情况 */
        get: operations["listRewardRedemptions"];
        put?: never;
        /** 兑换 */
        post: operations["redeemReward"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/role-grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 授予角色 */
        post: operations["grantRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/role-grants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** 收回角色 */
        delete: operations["revokeRole"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一次导入 */
        get: operations["getRosterImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 撤销导入 */
        post: operations["undoRosterImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster/previews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一次预览 */
        get: operations["getRosterPreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster/previews/{id}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 按预览导入 */
        post: operations["importRosterPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster/previews/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 预览的各行 */
        get: operations["listRosterPreviewRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 社区里的服务项目 */
        get: operations["listServices"];
        put?: never;
        /** 新建服务项目 */
        post: operations["createService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 微信登录 */
        post: operations["login"];
        /** 在所有手机上退出登录 */
        delete: operations["logoutEverywhere"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** 退出登录 */
        delete: operations["logout"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 社区可以设置什么 */
        get: operations["listSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/spot-checks/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 记下抽查电话的结果 */
        post: operations["answerSpotCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 微任务认领区列表 */
        get: operations["listStations"];
        put?: never;
        /** 新建微任务认领区 */
        post: operations["createStation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个微任务认领区 */
        get: operations["getStation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** 修改微任务认领区 */
        patch: operations["changeStation"];
        trace?: never;
    };
    "/api/v1/stations/{id}/code.png": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 认领区的小程序码，用于张贴 */
        get: operations["getStationCode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{id}/draws": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 抽一张任务卡 */
        post: operations["drawCard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 微任务列表 */
        get: operations["listTasks"];
        put?: never;
        /** 新建微任务 */
        post: operations["createTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一项微任务 */
        get: operations["getTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** 修改微任务 */
        patch: operations["changeTask"];
        trace?: never;
    };
    "/api/v1/tasks/{id}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一项微任务的认领 */
        get: operations["listTaskClaims"];
        put?: never;
        /** 认领 */
        post: operations["takeTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 结束认领 */
        post: operations["closeTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 发布微任务 */
        post: operations["publishTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 现场扫码确认 */
        post: operations["scanForTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 撤回微任务 */
        post: operations["withdrawTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 社区的志愿服务队 */
        get: operations["listTeams"];
        put?: never;
        /** 新建志愿服务队 */
        post: operations["createTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一支志愿服务队 */
        get: operations["getTeam"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 队员名单 */
        get: operations["listMembers"];
        put?: never;
        /** 申请入队 */
        post: operations["joinTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{id}/members/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** 退出队伍 */
        delete: operations["leaveTeam"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{id}/members/{person_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 审批入队申请 */
        post: operations["decideMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 四联单列表 */
        get: operations["listTickets"];
        put?: never;
        /** 点单 */
        post: operations["raiseTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/assigned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 派给我或我单位的四联单 */
        get: operations["listAssignedTickets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 四联单类别 */
        get: operations["listTicketCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我点的单 */
        get: operations["listMyTickets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 相似的四联单 */
        get: operations["listSimilarTickets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一张四联单 */
        get: operations["getTicket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 接单 */
        post: operations["acceptTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 办结 */
        post: operations["completeTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 谢绝 */
        post: operations["declineTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}/dispatch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 派单 */
        post: operations["dispatchTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}/form": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 四联单打印页 */
        get: operations["printTicket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 合并到另一件 */
        post: operations["mergeTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 报进展 */
        post: operations["reportTicketProgress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}/recall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 收回已派的单 */
        post: operations["recallTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 不予受理 */
        post: operations["rejectTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 评单 */
        put: operations["reviewTicket"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}/vote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 附议 */
        put: operations["voteTicket"];
        post?: never;
        /** 取消附议 */
        delete: operations["unvoteTicket"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}/whistle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 吹哨到街道 */
        post: operations["whistleTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 撤回 */
        post: operations["withdrawTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/whistles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 吹哨 */
        post: operations["blowWhistle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AgreeToNoticesRequest: {
            /** @description Ids of the templates that the person agreed to, of one question */
            accepted: string[];
        };
        AppealClaimRequest: {
            text: string;
        };
        AuditEntry: {
            act: string;
            actor_id: string;
            after?: unknown;
            /** Format: date-time */
            at: string;
            before?: unknown;
            client_address?: string;
            helper_id?: string;
            id: string;
            reason?: string;
            region_id?: string;
            request_id?: string;
            subject_id: string;
            subject_kind: string;
        };
        AuditPageEntry: {
            items: components["schemas"]["AuditEntry"][];
            next_cursor?: string;
        };
        ChangeSettingsRequest: {
            /** Format: int64 */
            accept_hours: number;
            /**
             * Format: int64
             * @description Points adjusted by hand a day, at most
             */
            daily_adjust_points: number;
            /** Format: int64 */
            dispatch_hours: number;
            /**
             * Format: int64
             * @description Points for the work behind a good review
             */
            good_review_points: number;
            /**
             * Format: int64
             * @description Points an hour of an activity, at most
             */
            hourly_points: number;
            leaderboard: boolean;
            leaders_publish: boolean;
            /**
             * Format: int64
             * @description Claims a person may hold at once
             */
            open_claims: number;
            photos_demanded: boolean;
            place_demanded: boolean;
            /** @description No messages from then, by Chinese clocks */
            quiet_from: string;
            /** @description Until then */
            quiet_until: string;
            /**
             * Format: int64
             * @description Points for raising a ticket that is completed
             */
            raise_points: number;
            reason: string;
            /** Format: int64 */
            review_days: number;
            /**
             * Format: int64
             * @description Points of one task, at most
             */
            task_points: number;
            verified_home_for_claims: boolean;
            verified_home_for_votes: boolean;
            walk_ins: boolean;
        };
        CheckOutRequest: {
            /** @description What the QR holds, or the code alone */
            code: string;
        };
        CloseActivityRequest: {
            minutes?: components["schemas"]["TeamNewCorrection"][] | null;
        };
        CodeInputBody: {
            /** @description What WeChat gave the mini-program */
            code: string;
        };
        ContentCheck: {
            /** @description The text; a picture is found by subject_id */
            content?: string;
            /** Format: date-time */
            created_at: string;
            helper_id?: string;
            id: string;
            /** @enum {string} */
            medium: "text" | "picture";
            person_id: string;
            region_id: string;
            subject_id: string;
            subject_kind: string;
        };
        ContentPageCheck: {
            items: components["schemas"]["ContentCheck"][];
            next_cursor?: string;
        };
        DecideAppealRequest: {
            reason: string;
            /** @enum {string} */
            verdict: "uphold" | "overturn";
        };
        DecideContentCheckRequest: {
            reason?: string;
            /** @enum {string} */
            verdict: "pass" | "refuse";
        };
        DecideMemberRequest: {
            /** @enum {string} */
            verdict: "admit" | "refuse";
        };
        FaultField: {
            field: string;
            message: string;
        };
        FiguresBulletin: {
            /**
             * Format: int64
             * @description How many communities the figures are of
             */
            communities: number;
            /** @description 周通报, 月调度 or 季观摩 */
            name: string;
            /** @description The page to print, open to whoever has the link, for an hour */
            paper_url: string;
            period: components["schemas"]["FiguresPeriod"];
            region: components["schemas"]["FiguresPlace"];
            sections: components["schemas"]["FiguresSection"][];
        };
        FiguresCalendar: {
            by_appointment: components["schemas"]["FiguresCalendarService"][];
            co_building: components["schemas"]["FiguresCoBuilding"];
            days: components["schemas"]["FiguresDay"][];
            honours: components["schemas"]["FiguresHonours"];
            /** @description Chinese sentences, empty when nothing is missing */
            missing: string[];
            /** @example 2026-11 */
            month: string;
            region: components["schemas"]["FiguresPlace"];
            weeks: components["schemas"]["FiguresCalendarWeek"][];
        };
        FiguresCalendarActivity: {
            /** @description Of a team of a company or of merchants */
            co_building: boolean;
            id: string;
            place: string;
            /** Format: date-time */
            starts_at: string;
            team_name?: string;
            title: string;
        };
        FiguresCalendarService: {
            id: string;
            organisation_name: string;
            /** @description When, in people's words */
            rhythm: string;
            title: string;
        };
        FiguresCalendarTask: {
            id: string;
            title: string;
            /** Format: date-time */
            until: string;
        };
        FiguresCalendarWeek: {
            /** Format: int64 */
            activities: number;
            from: string;
            /** @description Its Sunday */
            to: string;
        };
        FiguresCertificate: {
            /**
             * Format: int64
             * @description Volunteer grade then, 1 to 5
             */
            grade?: number;
            /** Format: date-time */
            issued_at: string;
            /**
             * Format: int64
             * @description As they stood when it was issued
             */
            minutes: number;
            /** @description As the person chose it for the paper */
            name: string;
            /** @description Four groups of four */
            number: string;
            /** @description The page to print, open to whoever has the link, for an hour */
            paper_url?: string;
            /** @description A year, or all */
            period: string;
            period_title: string;
            /** @description The address at which anyone can check it */
            qr_text: string;
            /** Format: date-time */
            revoked_at?: string;
            /** @enum {string} */
            state: "valid" | "corrected" | "revoked";
        };
        FiguresCheck: {
            /** Format: int64 */
            grade?: number;
            issued_on?: string;
            /**
             * Format: int64
             * @description As certified
             */
            minutes?: number;
            /**
             * Format: int64
             * @description Less what was taken back since
             */
            minutes_now: number;
            /** @description Masked */
            name?: string;
            number: string;
            period_title?: string;
            /** @enum {string} */
            state: "valid" | "corrected" | "revoked" | "erased";
            verdict: string;
        };
        FiguresCoBuilding: {
            /** Format: int64 */
            activities: number;
            /**
             * Format: int64
             * @description Tickets that partner organisations completed
             */
            partner_tickets: number;
        };
        FiguresCommunityBulletin: {
            /** @description All but those told only as left out of others */
            figures: components["schemas"]["FiguresShare"][];
            region: components["schemas"]["FiguresPlace"];
        };
        FiguresDay: {
            activities: components["schemas"]["FiguresCalendarActivity"][];
            /** @example 2026-11-22 */
            date: string;
            services: components["schemas"]["FiguresCalendarService"][];
            /** @description Those that can be taken until that day */
            tasks: components["schemas"]["FiguresCalendarTask"][];
        };
        FiguresFigure: {
            /** @enum {string} */
            divided_by?: "star" | "team" | "category";
            /** @description How it is counted, in a Chinese sentence */
            how: string;
            /** @description GET /regions/{id}/bulletin/{key} lists what it was counted from */
            key: string;
            /** @description What is not in it, and why */
            left_out?: components["schemas"]["FiguresShare"][];
            name: string;
            of?: components["schemas"]["FiguresShare"];
            parts?: components["schemas"]["FiguresPart"][];
            unit: string;
            /** Format: int64 */
            value: number;
        };
        FiguresGradeCount: {
            /** Format: int64 */
            grade: number;
            /** Format: int64 */
            people: number;
        };
        FiguresHonours: {
            /**
             * Format: int64
             * @description Certificates of service hours issued to people who live here
             */
            certificates: number;
            grades: components["schemas"]["FiguresGradeCount"][];
            year: string;
        };
        FiguresNewCertificate: {
            /** @description Put the whole name on it, and not only the first character */
            full_name?: boolean;
            /** @description A year, 2026; everything up to now when left out */
            period?: string;
        };
        FiguresOpenCommunity: {
            /** @enum {string} */
            community_kind: "village" | "urban";
            id: string;
            name: string;
            street: string;
        };
        FiguresOpenFigure: {
            /** @enum {string} */
            measure: "tasks_published" | "activities_held" | "tickets_by_category" | "tickets_by_stage" | "points_given" | "service_minutes";
            /** @description A star, a category, a stage; empty where the measure has no parts */
            part: string;
            /** @example 2026-10 */
            period: string;
            region_id: string;
            region_name: string;
            suppressed: boolean;
            /**
             * Format: int64
             * @description null where it is suppressed
             */
            value: number | null;
        };
        FiguresPageCertificate: {
            items: components["schemas"]["FiguresCertificate"][];
            next_cursor?: string;
        };
        FiguresPageCommunityBulletin: {
            items: components["schemas"]["FiguresCommunityBulletin"][];
            next_cursor?: string;
        };
        FiguresPageOpenCommunity: {
            items: components["schemas"]["FiguresOpenCommunity"][];
            next_cursor?: string;
        };
        FiguresPageOpenFigure: {
            items: components["schemas"]["FiguresOpenFigure"][];
            next_cursor?: string;
        };
        FiguresPageRow: {
            items: components["schemas"]["FiguresRow"][];
            next_cursor?: string;
        };
        FiguresPart: {
            /** @description The part= of its list */
            key: string;
            name: string;
            /** Format: int64 */
            value: number;
        };
        FiguresPeriod: {
            ended: boolean;
            /** Format: date-time */
            from: string;
            /** @example 2026-W47 */
            name: string;
            title: string;
            /**
             * Format: date-time
             * @description The moment after its last
             */
            to: string;
            /** @enum {string} */
            unit: "week" | "month" | "quarter";
        };
        FiguresPlace: {
            id: string;
            /** @enum {string} */
            kind: "city" | "district" | "street" | "community";
            name: string;
        };
        FiguresRow: {
            /**
             * Format: int64
             * @description What the row adds to the figure
             */
            amount: number;
            /** Format: date-time */
            at?: string;
            /** @description Of the thing: the ticket's, not that of the act on it */
            id: string;
            /** @enum {string} */
            kind: "task" | "claim" | "activity" | "ticket" | "entry" | "service" | "person";
            person_id?: string;
            person_name?: string;
            region_id: string;
            region_name: string;
            title: string;
        };
        FiguresSection: {
            figures: components["schemas"]["FiguresFigure"][];
            /** @enum {string} */
            key: "tasks" | "activities" | "tickets" | "points";
            name: string;
        };
        FiguresShare: {
            key: string;
            name: string;
            unit: string;
            /** Format: int64 */
            value: number;
        };
        FileLink: {
            id: string;
            label?: string;
            thumb_url: string;
            url: string;
        };
        FulfilRedemptionRequest: {
            /** @description What the QR holds, or the code alone */
            code: string;
        };
        Home: {
            /** @description The next one that the person signed up for; null without one */
            activity: components["schemas"]["TeamActivity"];
            claims: components["schemas"]["HomeClaims"];
            /** @description null without a home */
            community: components["schemas"]["HomeCommunity"];
            name: string;
            points: components["schemas"]["HomePoints"];
            /** @description Each once */
            roles: string[];
            tasks: components["schemas"]["HomeTasks"];
            /** @description What neighbours wish for and the person may back, most votes first */
            tickets: components["schemas"]["TicketWish"][];
            /**
             * Format: int64
             * @description Up to 100
             */
            unread_notices: number;
        };
        HomeClaims: {
            items: components["schemas"]["TaskClaim"][];
            /**
             * Format: int64
             * @description How many there are besides
             */
            more: number;
        };
        HomeCommunity: {
            id: string;
            name: string;
        };
        HomePoints: {
            /** Format: int64 */
            balance: number;
            /**
             * Format: int64
             * @description In the month that holds today
             */
            earned_month: number;
        };
        HomeStarCount: {
            /** Format: int64 */
            count: number;
            star: string;
        };
        HomeTasks: {
            /** @description A few of each star */
            items: components["schemas"]["Task"][];
            stars: components["schemas"]["HomeStarCount"][];
            /** Format: int64 */
            total: number;
        };
        ImportRosterPreviewRequest: {
            /** @description Pass over the faulty rows; otherwise there must be none */
            skip_faults?: boolean;
        };
        LoginInputBody: {
            /** @description What wx.login gave the mini-program; may be left out on WeChat Cloud Run only */
            code?: string;
        };
        Notice: {
            /**
             * Format: date-time
             * @description When it happens, or happened
             */
            at: string;
            /** Format: date-time */
            created_at: string;
            id: string;
            kind: string;
            /** @description The page of the mini-program that shows the thing */
            page: string;
            place?: string;
            /** Format: date-time */
            read_at?: string;
            region_id: string;
            subject: components["schemas"]["NoticeSubject"];
            text: string;
            title: string;
            /** @description What the thing is called */
            what: string;
        };
        NoticeAsking: {
            /** @description Ids of the templates to ask for at each moment, three at most: claim_taken, claim_submitted, signed_up, ticket_raised, ticket_backed, dispute_raised, redeemed, volunteering, working */
            moments: {
                [key: string]: string[] | null;
            };
            templates: components["schemas"]["NoticeConsent"][];
        };
        NoticeConsent: {
            /** @description One consent holds until it is taken back */
            long_term: boolean;
            name: string;
            /** Format: int64 */
            remaining: number;
            template_id: string;
        };
        NoticeDeadLetter: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            died_at: string;
            id: string;
            kind: string;
            /** @description What WeChat said last */
            reason: string;
            region_id: string;
            region_name: string;
            subject: components["schemas"]["NoticeSubject"];
            title: string;
            /** Format: int64 */
            tries: number;
        };
        NoticePageDeadLetter: {
            items: components["schemas"]["NoticeDeadLetter"][];
            next_cursor?: string;
        };
        NoticePageNotice: {
            items: components["schemas"]["Notice"][];
            next_cursor?: string;
        };
        NoticeSubject: {
            id: string;
            kind: string;
        };
        NoticeUnseen: {
            /**
             * Format: int64
             * @description Up to 100
             */
            unread: number;
        };
        OversightAnswer: {
            /** @description Demanded when it is not confirmed */
            note?: string;
            /** @enum {string} */
            outcome: "confirmed" | "not_confirmed" | "not_reached";
        };
        OversightCheckCall: {
            /** Format: date-time */
            at: string;
            called_by: string;
            caller_name: string;
            note?: string;
            /** @enum {string} */
            outcome: "confirmed" | "not_confirmed" | "not_reached";
        };
        OversightCheckFigures: {
            /**
             * Format: int64
             * @description Credited acts of the month
             */
            acts: number;
            /**
             * Format: int64
             * @description One in fifty of them
             */
            checks: number;
            /** Format: int64 */
            confirmed: number;
            /** @description Whether the month has been drawn yet */
            drawn: boolean;
            month: string;
            /** Format: int64 */
            not_confirmed: number;
            /** Format: int64 */
            not_reached: number;
            /** Format: int64 */
            open: number;
            /**
             * Format: int64
             * @description Confirmed, of those who were reached, rounded down
             */
            percent?: number;
            /**
             * Format: int64
             * @description The person has left
             */
            withdrawn: number;
        };
        OversightCheckedAct: {
            /** Format: date-time */
            at: string;
            /** @description The name of who confirmed it */
            confirmed_by?: string;
            /** @enum {string} */
            kind: "claim" | "checkin" | "ticket" | "adjustment" | "service";
            memo: string;
            /** Format: int64 */
            minutes?: number;
            /** Format: int64 */
            points?: number;
            /** @description Of service the service record, otherwise the entry of the ledger */
            record_id: string;
        };
        OversightDecision: {
            note: string;
            /** @enum {string} */
            verdict: "take_up" | "dismiss";
        };
        OversightDraw: {
            /**
             * Format: int64
             * @description Credited acts of the month, in the order of the community's chain
             */
            acts: number;
            /** Format: date-time */
            drawn_at: string;
            month: string;
            /** @description Ids of the records picked */
            picked: string[];
            region_id: string;
            /** @description What the same draw picks when it is done again now */
            repeated: string[];
            same: boolean;
            /** @description 32 bytes as hexadecimal digits, of ChaCha8 */
            seed: string;
        };
        OversightOddCase: {
            /** Format: date-time */
            decided_at?: string;
            /** @description The name */
            decided_by?: string;
            /** Format: date-time */
            found_at: string;
            id: string;
            /** @enum {string} */
            kind: "shared_phone" | "overlap" | "quick_approvals" | "same_photo" | "mutual_approval" | "points_jump";
            /** @description Whether the caller may decide now */
            may_decide?: boolean;
            /** @description Of who decided */
            note?: string;
            /** @description Who is named in it: id and name */
            people: components["schemas"]["PersonSummary"][];
            reasons: components["schemas"]["OversightReason"][];
            region_id: string;
            region_name: string;
            /** @enum {string} */
            state: "open" | "taken_up" | "dismissed";
        };
        OversightPageOddCase: {
            items: components["schemas"]["OversightOddCase"][];
            next_cursor?: string;
        };
        OversightPageSpotCheck: {
            items: components["schemas"]["OversightSpotCheck"][];
            next_cursor?: string;
        };
        OversightReason: {
            subject_id?: string;
            /** @enum {string} */
            subject_kind?: "activity" | "claim" | "person";
            text: string;
        };
        OversightSpotCheck: {
            about: components["schemas"]["OversightCheckedAct"];
            /** @description Oldest first */
            calls: components["schemas"]["OversightCheckCall"][];
            id: string;
            /** @description Whether the caller may answer now */
            may_answer?: boolean;
            month: string;
            person: components["schemas"]["PersonSummary"];
            region_id: string;
            region_name: string;
            /** @enum {string} */
            state: "open" | "confirmed" | "not_confirmed" | "not_reached" | "withdrawn";
        };
        Person: {
            /** @description Whether the person has logged in with WeChat */
            has_wechat: boolean;
            /** @description null without a home */
            home: components["schemas"]["PersonHome"] | null;
            id: string;
            leaderboard_consent: boolean;
            name: string;
            /** @description By the community's roster */
            party_member: boolean;
            /** @description 138****1234, empty without a phone */
            phone_masked: string;
            roles: components["schemas"]["RoleGrant"][];
        };
        PersonCard: {
            id: string;
            /** Format: date-time */
            issued_at: string;
            issued_by: string;
            /** Format: date-time */
            revoked_at?: string;
        };
        PersonExport: {
            cards: components["schemas"]["PersonCard"][];
            /** Format: date-time */
            created_at: string;
            done_by_me: components["schemas"]["AuditEntry"][];
            done_to_me: components["schemas"]["AuditEntry"][];
            /** Format: date-time */
            exported_at: string;
            open_id: string;
            person: components["schemas"]["Person"];
            phone: string;
            /** @description What every other room keeps, by its name */
            rooms: {
                [key: string]: unknown;
            };
            sessions: components["schemas"]["PersonSessionRecord"][];
        };
        PersonHome: {
            community_id: string;
            community_name: string;
            grid_name?: string;
            region_id: string;
            /** @description Confirmed by the roster, a secretary or a grid worker */
            verified: boolean;
        };
        PersonNewCard: {
            id: string;
            /** Format: date-time */
            issued_at: string;
            issued_by: string;
            /** @description What the printed QR holds */
            qr_text: string;
            /** Format: date-time */
            revoked_at?: string;
            token: string;
        };
        PersonNewPerson: {
            name: string;
            /** @description Joins the person to the WeChat account that proves the same number */
            phone?: string;
        };
        PersonNewSession: {
            /**
             * Format: date-time
             * @description Put off by use
             */
            expires_at: string;
            person: components["schemas"]["Person"];
            token: string;
        };
        PersonPageCard: {
            items: components["schemas"]["PersonCard"][];
            next_cursor?: string;
        };
        PersonPagePerson: {
            items: components["schemas"]["Person"][];
            next_cursor?: string;
        };
        PersonPagePhoneView: {
            items: components["schemas"]["PersonPhoneView"][];
            next_cursor?: string;
        };
        PersonPhoneView: {
            by_id: string;
            by_name: string;
            id: string;
            reason?: string;
            /** Format: date-time */
            viewed_at: string;
        };
        PersonSessionRecord: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            id: string;
            /** Format: date-time */
            revoked_at?: string;
        };
        PersonSummary: {
            id: string;
            name: string;
            phone_masked?: string;
        };
        PersonUpdate: {
            /** @description A community or one of its grids */
            home_region_id?: string;
            leaderboard_consent?: boolean;
            name?: string;
        };
        PersonWholePhone: {
            phone: string;
        };
        PersonalCode: {
            code: string;
            /** Format: int64 */
            step_seconds: number;
            /** @description What the QR holds */
            text: string;
            /** Format: date-time */
            valid_until: string;
        };
        PointsAccount: {
            /** Format: int64 */
            balance: number;
            region_id: string;
            region_name: string;
        };
        PointsAdjustment: {
            /** Format: int64 */
            amount: number;
            /** Format: date-time */
            decided_at?: string;
            decided_by?: string;
            id: string;
            person_id: string;
            person_name: string;
            /** Format: date-time */
            proposed_at: string;
            proposed_by: string;
            proposed_by_name: string;
            reason: string;
            region_id: string;
            /** @enum {string} */
            state: "pending" | "posted" | "rejected";
        };
        PointsCommunityFigures: {
            by_star: {
                [key: string]: number;
            };
            /** Format: int64 */
            earned: number;
            /**
             * Format: int64
             * @description Postings behind earned, less those reversed
             */
            entries: number;
            /**
             * Format: int64
             * @description Who earned anything
             */
            people: number;
            period: string;
            region: components["schemas"]["PointsRegionName"];
            /** Format: int64 */
            service_minutes: number;
        };
        PointsCorrection: {
            /** Format: int64 */
            amount: number;
            /** Format: date-time */
            at: string;
            entry_id: string;
            /** @enum {string} */
            kind: "adjustment" | "reversal";
        };
        PointsDispute: {
            /** @description The record as it stands in the history; absent for something missing */
            about?: components["schemas"]["PointsDisputedRecord"];
            id: string;
            /** @enum {string} */
            kind: "entry" | "minutes" | "missing";
            /** @description Whether the caller may answer now */
            may_answer?: boolean;
            /** @description Whether the caller may decide the appeal now */
            may_decide?: boolean;
            person_id: string;
            person_name: string;
            /** Format: date-time */
            raised_at: string;
            /** @description Of entry the entry's id, of minutes the source_id of the service */
            record_id?: string;
            region_id: string;
            region_name: string;
            /** @enum {string} */
            state: "open" | "answered" | "appealed" | "decided" | "withdrawn";
            /** @description What was said, oldest first */
            timeline: components["schemas"]["PointsDisputeEvent"][];
        };
        PointsDisputeEvent: {
            /** @enum {string} */
            act: "raised" | "answered" | "appealed" | "decided";
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            content_state?: "pending" | "passed" | "refused";
            /** @description The entries that put it right */
            corrections?: components["schemas"]["PointsCorrection"][] | null;
            helper_id?: string;
            helper_name?: string;
            id: string;
            person_id: string;
            person_name: string;
            text?: string;
            /** @enum {string} */
            verdict?: "upheld" | "corrected";
        };
        PointsDisputedRecord: {
            /** Format: int64 */
            amount?: number;
            /** Format: date-time */
            at: string;
            kind?: string;
            memo?: string;
            /** Format: int64 */
            minutes?: number;
        };
        PointsEarned: {
            /** Format: int64 */
            month: number;
            /** Format: int64 */
            quarter: number;
            /** Format: int64 */
            year: number;
        };
        PointsEntry: {
            /** Format: int64 */
            amount: number;
            /** Format: date-time */
            at: string;
            /** @description The name of who confirmed it */
            confirmed_by?: string;
            /** @description What the person said against it, and what was answered */
            dispute?: components["schemas"]["PointsDispute"];
            id: string;
            /** @enum {string} */
            kind: "claim" | "checkin" | "ticket" | "redemption" | "adjustment" | "reversal";
            memo: string;
            region_id: string;
            /** @description Another entry has reversed this one */
            reversed?: boolean;
            /** @description The entry that this one reverses */
            reverses_id?: string;
            source_id: string;
            star?: string;
        };
        PointsLeader: {
            /** Format: int64 */
            earned: number;
            mine?: boolean;
            /** @description Of who agreed to it; nobody's else */
            name: string;
            /** Format: int64 */
            rank: number;
        };
        PointsMissingEntry: {
            /** @description The community where it was done */
            region_id: string;
            text: string;
        };
        PointsNewAdjustment: {
            /**
             * Format: int64
             * @description Below zero to take points; never zero
             */
            amount: number;
            person_id: string;
            reason: string;
            region_id: string;
        };
        PointsOwn: {
            /** @description What can be spent in which community */
            accounts: components["schemas"]["PointsAccount"][];
            /** Format: int64 */
            balance: number;
            /** @description Points ever earned under each star */
            by_star: {
                [key: string]: number;
            };
            earned: components["schemas"]["PointsEarned"];
            /**
             * Format: int64
             * @description Volunteer grade, 0 to 5
             */
            grade: number;
            /** Format: int64 */
            service_minutes: number;
        };
        PointsPageAdjustment: {
            items: components["schemas"]["PointsAdjustment"][];
            next_cursor?: string;
        };
        PointsPageCommunityFigures: {
            items: components["schemas"]["PointsCommunityFigures"][];
            next_cursor?: string;
        };
        PointsPageDispute: {
            items: components["schemas"]["PointsDispute"][];
            next_cursor?: string;
        };
        PointsPageEntry: {
            items: components["schemas"]["PointsEntry"][];
            next_cursor?: string;
        };
        PointsPageLeader: {
            items: components["schemas"]["PointsLeader"][];
            next_cursor?: string;
        };
        PointsPageStanding: {
            items: components["schemas"]["PointsStanding"][];
            next_cursor?: string;
        };
        PointsRank: {
            /** Format: int64 */
            earned: number;
            /**
             * Format: int64
             * @description Who earned anything
             */
            people: number;
            period: string;
            /**
             * Format: int64
             * @description 1 for the first; who earned as much stands at the same place; 0 without points in the period
             */
            rank: number;
            region_id: string;
        };
        PointsRegionName: {
            id: string;
            name: string;
        };
        PointsReversal: {
            /** @description Leave the service minutes of a check-in as they are */
            keep_minutes?: boolean;
            reason: string;
        };
        PointsRuling: {
            /** @description Reversals and adjustments that put it right */
            correction_ids?: string[] | null;
            text: string;
            /** @enum {string} */
            verdict: "upheld" | "corrected";
        };
        PointsSaid: {
            text: string;
        };
        PointsStanding: {
            /**
             * Format: int64
             * @description Now, in this community
             */
            balance: number;
            by_star: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description In the period, and under the star if one was asked for
             */
            earned: number;
            person: components["schemas"]["PersonSummary"];
            /** Format: int64 */
            service_minutes: number;
        };
        PointsTrend: {
            items: components["schemas"]["PointsTrendPoint"][];
            /** @enum {string} */
            unit: "day" | "week" | "month" | "quarter" | "year";
        };
        PointsTrendPoint: {
            by_star: {
                [key: string]: number;
            };
            /** Format: int64 */
            earned: number;
            /**
             * Format: int64
             * @description Postings behind earned, less those reversed
             */
            entries: number;
            /** @description A week is named by its Monday */
            period: string;
            /** Format: int64 */
            service_minutes: number;
        };
        Problem: {
            /**
             * @description Stable, for programs
             * @example task.full
             */
            code: string;
            /** @description Chinese, fit to show to the person */
            detail: string;
            errors?: components["schemas"]["FaultField"][] | null;
            request_id?: string;
            /** Format: int64 */
            status: number;
            title: string;
            /** @example about:blank */
            type: string;
        };
        ReadNoticesRequest: {
            /** @description Id of the newest notice that was on the page */
            up_to: string;
        };
        Region: {
            /** @enum {string} */
            community_kind?: "village" | "urban";
            id: string;
            /** @enum {string} */
            kind: "city" | "district" | "street" | "community" | "grid";
            name: string;
            parent_id?: string;
            /** @description The five stars, on a community */
            stars?: components["schemas"]["RegionNamedStar"][] | null;
        };
        RegionGrant: {
            granted_by: string;
            id: string;
            organisation_id?: string;
            person_id: string;
            /** @description In lists */
            person_name?: string;
            region_id?: string;
            role: string;
            team_id?: string;
        };
        RegionNamedStar: {
            name: string;
            star: string;
        };
        RegionNewGrant: {
            organisation_id?: string;
            person_id: string;
            region_id?: string;
            /** @enum {string} */
            role: "leader" | "assignee" | "grid_worker" | "secretary" | "street_officer" | "district_officer" | "city_officer" | "admin";
            team_id?: string;
        };
        RegionNewOrganisation: {
            /** @enum {string} */
            kind: "partner" | "merchant" | "social";
            name: string;
            region_id: string;
        };
        RegionNewRegion: {
            /** @enum {string} */
            community_kind?: "village" | "urban";
            /** @enum {string} */
            kind: "district" | "street" | "community" | "grid";
            name: string;
            parent_id: string;
        };
        RegionNewServiceItem: {
            organisation_id: string;
            /** @description When, in people's words */
            rhythm?: string;
            star: string;
            text: string;
            title: string;
        };
        RegionOrganisation: {
            id: string;
            /** @enum {string} */
            kind: "partner" | "merchant" | "social";
            name: string;
            region_id: string;
        };
        RegionPageGrant: {
            items: components["schemas"]["RegionGrant"][];
            next_cursor?: string;
        };
        RegionPageOrganisation: {
            items: components["schemas"]["RegionOrganisation"][];
            next_cursor?: string;
        };
        RegionPageRegion: {
            items: components["schemas"]["Region"][];
            next_cursor?: string;
        };
        RegionPageServiceItem: {
            items: components["schemas"]["RegionServiceItem"][];
            next_cursor?: string;
        };
        RegionPageSetting: {
            items: components["schemas"]["RegionSetting"][];
            next_cursor?: string;
        };
        RegionPageSettingsChange: {
            items: components["schemas"]["RegionSettingsChange"][];
            next_cursor?: string;
        };
        RegionServiceItem: {
            id: string;
            organisation_id: string;
            organisation_name: string;
            region_id: string;
            /** @description When, in people's words */
            rhythm: string;
            star: string;
            text: string;
            title: string;
        };
        RegionSetting: {
            /** @description What holds until the community sets otherwise */
            default: unknown;
            /** @description What it stands with on the page */
            group: string;
            /** @enum {string} */
            kind: "switch" | "number" | "clock_time";
            /**
             * Format: int64
             * @description Of a number
             */
            least?: number;
            meaning: string;
            /**
             * Format: int64
             * @description Of a number
             */
            most?: number;
            /** @description The field of the settings */
            name: string;
            title: string;
            /** @description Of a number */
            unit?: string;
        };
        RegionSettingMoved: {
            after: unknown;
            before: unknown;
            name: string;
        };
        RegionSettings: {
            /** Format: int64 */
            accept_hours: number;
            /**
             * Format: int64
             * @description Points adjusted by hand a day, at most
             */
            daily_adjust_points: number;
            /** Format: int64 */
            dispatch_hours: number;
            /**
             * Format: int64
             * @description Points for the work behind a good review
             */
            good_review_points: number;
            /**
             * Format: int64
             * @description Points an hour of an activity, at most
             */
            hourly_points: number;
            leaderboard: boolean;
            leaders_publish: boolean;
            /**
             * Format: int64
             * @description Claims a person may hold at once
             */
            open_claims: number;
            photos_demanded: boolean;
            place_demanded: boolean;
            /** @description No messages from then, by Chinese clocks */
            quiet_from: string;
            /** @description Until then */
            quiet_until: string;
            /**
             * Format: int64
             * @description Points for raising a ticket that is completed
             */
            raise_points: number;
            /** Format: int64 */
            review_days: number;
            /**
             * Format: int64
             * @description Points of one task, at most
             */
            task_points: number;
            verified_home_for_claims: boolean;
            verified_home_for_votes: boolean;
            walk_ins: boolean;
        };
        RegionSettingsChange: {
            actor_id: string;
            actor_name: string;
            /** Format: date-time */
            at: string;
            id: string;
            reason: string;
            values: components["schemas"]["RegionSettingMoved"][];
        };
        RejectAdjustmentRequest: {
            reason?: string;
        };
        ReviewClaimRequest: {
            /** @description Demanded for return and reject */
            reason?: string;
            /** @enum {string} */
            verdict: "approve" | "return" | "reject";
        };
        Reward: {
            /** Format: date-time */
            closed_at?: string;
            /** Format: date-time */
            created_at: string;
            description: string;
            /**
             * Format: int64
             * @description How many days there are to fetch it after redeeming
             */
            fetch_days: number;
            id: string;
            /** @enum {string} */
            kind: "goods" | "service";
            /** Format: int64 */
            my_redemptions: number;
            organisation_id?: string;
            organisation_name?: string;
            /**
             * Format: int64
             * @description What the community owes the organisation for one, in fen; 0: nothing agreed
             */
            owed_fen: number;
            /** Format: int64 */
            per_person_limit: number;
            photos?: components["schemas"]["FileLink"][] | null;
            /** @description Where it is fetched or done */
            place: string;
            /**
             * Format: int64
             * @description In points
             */
            price: number;
            /** @description The neighbour who does the service */
            provider_id?: string;
            provider_name?: string;
            /** Format: date-time */
            published_at?: string;
            /** Format: date-time */
            redeem_from?: string;
            /** Format: date-time */
            redeem_until: string;
            region_id: string;
            /** @enum {string} */
            state: "draft" | "published" | "closed";
            /** Format: int64 */
            stock: number;
            /** Format: int64 */
            stock_left: number;
            title: string;
        };
        RewardChange: {
            description?: string;
            /** Format: int64 */
            fetch_days?: number;
            /** @enum {string} */
            kind?: "goods" | "service";
            organisation_id?: string;
            /** Format: int64 */
            owed_fen?: number;
            /** Format: int64 */
            per_person_limit?: number;
            photo_ids?: string[] | null;
            place?: string;
            /** Format: int64 */
            price?: number;
            provider_id?: string;
            /** Format: date-time */
            redeem_from?: string;
            /** Format: date-time */
            redeem_until?: string;
            /** Format: int64 */
            stock?: number;
            title?: string;
        };
        RewardCommunitySum: {
            /** Format: int64 */
            fulfilled: number;
            /** Format: int64 */
            owed_fen: number;
            /** Format: int64 */
            points: number;
            region_id: string;
            region_name: string;
        };
        RewardNewReward: {
            description?: string;
            /** @description Keep it from residents until it is published */
            draft?: boolean;
            /**
             * Format: int64
             * @default 7
             */
            fetch_days: number;
            /**
             * @default goods
             * @enum {string}
             */
            kind: "goods" | "service";
            /** @description Whose people fulfil it */
            organisation_id?: string;
            /** Format: int64 */
            owed_fen?: number;
            /**
             * Format: int64
             * @default 1
             */
            per_person_limit: number;
            photo_ids?: string[] | null;
            place?: string;
            /** Format: int64 */
            price: number;
            /** @description The neighbour who does the service, instead of an organisation */
            provider_id?: string;
            /** Format: date-time */
            redeem_from?: string;
            /** Format: date-time */
            redeem_until: string;
            region_id: string;
            /** Format: int64 */
            stock: number;
            title: string;
        };
        RewardPageRedemption: {
            items: components["schemas"]["RewardRedemption"][];
            next_cursor?: string;
        };
        RewardPageReward: {
            items: components["schemas"]["Reward"][];
            next_cursor?: string;
        };
        RewardRedemption: {
            /** @description To be shown or said where it is fetched */
            code?: string;
            /**
             * Format: date-time
             * @description When it was fulfilled, cancelled or expired
             */
            ended_at?: string;
            /** @description Who fulfilled or cancelled it */
            ended_by?: string;
            ended_by_name?: string;
            /**
             * Format: date-time
             * @description Until when it is fetched; then points and stock go back
             */
            expires_at: string;
            /** @description Who redeemed it for the person, by card */
            helper_id?: string;
            helper_name?: string;
            id: string;
            organisation_id?: string;
            /**
             * Format: int64
             * @description What the community owes the organisation for it, in fen
             */
            owed_fen: number;
            person_id: string;
            person_name?: string;
            /**
             * Format: int64
             * @description The points it took
             */
            price: number;
            /** @description What the QR holds */
            qr_text?: string;
            /** Format: date-time */
            redeemed_at: string;
            region_id: string;
            reward?: components["schemas"]["Reward"];
            reward_id: string;
            /** @enum {string} */
            state: "redeemed" | "fulfilled" | "cancelled" | "expired";
        };
        RewardStatement: {
            communities: components["schemas"]["RewardCommunitySum"][];
            /** Format: int64 */
            fulfilled: number;
            /** @description In the order in which they were fulfilled */
            items: components["schemas"]["RewardRedemption"][];
            /** @description 2026-11, in Asia/Shanghai */
            month: string;
            next_cursor?: string;
            organisation_id: string;
            organisation_name: string;
            /** Format: int64 */
            owed_fen: number;
            /** Format: int64 */
            points: number;
            rewards: components["schemas"]["RewardSum"][];
        };
        RewardSum: {
            /** Format: int64 */
            fulfilled: number;
            /** Format: int64 */
            owed_fen: number;
            /** Format: int64 */
            points: number;
            region_id: string;
            reward_id: string;
            title: string;
        };
        RoleGrant: {
            id: string;
            organisation_id?: string;
            region_id?: string;
            role: string;
            team_id?: string;
        };
        RosterChange: {
            after: string;
            before: string;
            /** @enum {string} */
            field: "name" | "phone" | "home" | "verified" | "party_member" | "household" | "relation" | "contact";
        };
        RosterColumn: {
            heading: string;
            /** @enum {string} */
            means: "name" | "phone" | "grid" | "party_member" | "household" | "relation" | "head" | "contact";
        };
        RosterContact: {
            /** Format: date-time */
            from: string;
            person: components["schemas"]["PersonSummary"];
            /** Format: date-time */
            until?: string;
        };
        RosterHousehold: {
            /** @description The Party member who keeps in touch with the household */
            contact?: components["schemas"]["RosterContact"];
            former_contacts?: components["schemas"]["RosterContact"][] | null;
            /** @description Absent where the grid is not known */
            grid_id?: string;
            grid_name?: string;
            /** @description Names */
            grid_workers?: string[] | null;
            id: string;
            members: components["schemas"]["RosterHouseholdMember"][];
            /** @description Or the address, as the roster has it */
            number: string;
            /** @description The community */
            region_id: string;
        };
        RosterHouseholdMember: {
            person: components["schemas"]["PersonSummary"];
            /** @description To the head of the household; 户主 is the head */
            relation?: string;
        };
        RosterImport: {
            /** Format: int64 */
            created: number;
            /** Format: int64 */
            faults: number;
            file_name: string;
            id: string;
            /** Format: date-time */
            imported_at: string;
            imported_by: string;
            imported_by_name: string;
            /** @description What an undo left, of one import */
            left?: components["schemas"]["RosterLeft"][] | null;
            region_id: string;
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            unchanged: number;
            /** Format: date-time */
            undo_until: string;
            /** Format: int64 */
            undone: number;
            /** Format: date-time */
            undone_at?: string;
            undone_by?: string;
            undone_by_name?: string;
            /** Format: int64 */
            updated: number;
        };
        RosterLeft: {
            household_id?: string;
            /** @description The reason in Chinese */
            message: string;
            /** @description Of the person, or the household's number */
            name: string;
            person_id?: string;
            /** @enum {string} */
            reason: "changed" | "logged_in" | "card" | "role" | "history" | "contact" | "gone";
            /** Format: int64 */
            row?: number;
        };
        RosterPageHousehold: {
            items: components["schemas"]["RosterHousehold"][];
            next_cursor?: string;
        };
        RosterPageImport: {
            items: components["schemas"]["RosterImport"][];
            next_cursor?: string;
        };
        RosterPageShown: {
            items: components["schemas"]["RosterShown"][];
            next_cursor?: string;
        };
        RosterPreview: {
            columns: components["schemas"]["RosterColumn"][];
            /** Format: int64 */
            created: number;
            /** Format: date-time */
            created_at: string;
            /** @description UTF-8, GB18030, UTF-16 or XLSX */
            encoding: string;
            /**
             * Format: date-time
             * @description Until when it can be imported
             */
            expires_at: string;
            /** Format: int64 */
            faults: number;
            file_name: string;
            id: string;
            /** @description Headings of columns that were not read and are not kept */
            ignored_columns?: string[] | null;
            /** Format: int64 */
            new_households: number;
            /** @description Sheets that were not read */
            other_sheets?: string[] | null;
            region_id: string;
            /** Format: int64 */
            rows: number;
            /** @description The sheet that was read */
            sheet?: string;
            /** Format: int64 */
            unchanged: number;
            /** @description Names of grids that the community does not have */
            unknown_grids?: string[] | null;
            /** Format: int64 */
            updated: number;
        };
        RosterResult: {
            /** Format: int64 */
            created: number;
            errors: components["schemas"]["RosterRowError"][];
            /** Format: int64 */
            faults: number;
            /** @description To look at it and to undo it; absent when nothing was imported */
            import_id?: string;
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            unchanged: number;
            /** Format: int64 */
            updated: number;
        };
        RosterRowError: {
            message: string;
            /**
             * Format: int64
             * @description As a spreadsheet numbers the rows of the file
             */
            row: number;
        };
        RosterShown: {
            changes?: components["schemas"]["RosterChange"][] | null;
            /** @description What is wrong with the row, in Chinese */
            message?: string;
            name: string;
            /** @enum {string} */
            outcome: "created" | "updated" | "unchanged" | "fault";
            phone_masked?: string;
            /**
             * Format: int64
             * @description As a spreadsheet numbers the rows of the file
             */
            row: number;
        };
        ScanForTaskRequest: {
            /** @description A card's token or the text of a personal code */
            token: string;
        };
        SetHouseholdContactRequest: {
            /** @description A Party member of the community */
            person_id: string;
        };
        Task: {
            /** Format: int64 */
            capacity: number;
            /** Format: date-time */
            claim_until: string;
            /** Format: date-time */
            closed_at?: string;
            /** Format: date-time */
            created_at: string;
            description: string;
            /**
             * Format: int64
             * @description How often the card comes up at its station, beside the others
             */
            draw_weight: number;
            /** Format: date-time */
            due_at: string;
            evidence: components["schemas"]["TaskEvidence"];
            id: string;
            my_claim_id?: string;
            photos?: components["schemas"]["FileLink"][] | null;
            place: string;
            /** Format: int64 */
            places_left: number;
            /** Format: int64 */
            points: number;
            /** Format: date-time */
            published_at?: string;
            region_id: string;
            /** @enum {string} */
            repeat: "once" | "daily" | "weekly" | "monthly";
            star: string;
            /** @enum {string} */
            state: "draft" | "published" | "closed" | "withdrawn";
            station_id?: string;
            title: string;
            /** @enum {string} */
            verify: "review" | "scan";
        };
        TaskChange: {
            /** Format: int64 */
            capacity?: number;
            /** Format: date-time */
            claim_until?: string;
            description?: string;
            /** Format: int64 */
            draw_weight?: number;
            /** Format: date-time */
            due_at?: string;
            evidence?: components["schemas"]["TaskEvidence"];
            photo_ids?: string[] | null;
            place?: string;
            /** Format: int64 */
            points?: number;
            /** @description Why, for the audit log */
            reason?: string;
            /** @enum {string} */
            repeat?: "once" | "daily" | "weekly" | "monthly";
            star?: string;
            station_id?: string;
            title?: string;
            /** @enum {string} */
            verify?: "review" | "scan";
        };
        TaskClaim: {
            /** @enum {string} */
            appeal?: "pending" | "upheld" | "overturned";
            /** Format: date-time */
            claimed_at: string;
            /** Format: date-time */
            decided_at?: string;
            /** Format: date-time */
            due_at: string;
            helper_id?: string;
            helper_name?: string;
            id: string;
            person_id: string;
            person_name?: string;
            photos?: components["schemas"]["FileLink"][] | null;
            reason?: string;
            region_id: string;
            /** @enum {string} */
            state: "claimed" | "submitted" | "approved" | "returned" | "rejected" | "abandoned" | "expired";
            /** @description Where the card was drawn */
            station_id?: string;
            /** Format: date-time */
            submitted_at?: string;
            task?: components["schemas"]["Task"];
            task_id: string;
            text?: string;
            timeline?: components["schemas"]["TaskEvent"][] | null;
        };
        TaskEvent: {
            /** @enum {string} */
            act: "claimed" | "drawn" | "put_back" | "submitted" | "approved" | "scanned" | "returned" | "rejected" | "abandoned" | "expired" | "appealed" | "upheld" | "overturned";
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            content_state?: "pending" | "passed" | "refused";
            helper_id?: string;
            helper_name?: string;
            id: string;
            person_id?: string;
            person_name?: string;
            text?: string;
        };
        TaskEvidence: {
            photos_after?: boolean;
            photos_before?: boolean;
            text?: boolean;
        };
        TaskNewStation: {
            name: string;
            place: string;
            poster_text?: string;
            region_id: string;
        };
        TaskNewTask: {
            /** Format: int64 */
            capacity: number;
            /** Format: date-time */
            claim_until: string;
            description?: string;
            /**
             * Format: int64
             * @default 1
             */
            draw_weight: number;
            /** Format: date-time */
            due_at: string;
            evidence?: components["schemas"]["TaskEvidence"];
            photo_ids?: string[] | null;
            place?: string;
            /** Format: int64 */
            points: number;
            /** @description Why evidence is asked for, for the audit log */
            reason?: string;
            region_id: string;
            /**
             * @default once
             * @enum {string}
             */
            repeat: "once" | "daily" | "weekly" | "monthly";
            star: string;
            station_id?: string;
            title: string;
            /**
             * @default review
             * @enum {string}
             */
            verify: "review" | "scan";
        };
        TaskPageClaim: {
            items: components["schemas"]["TaskClaim"][];
            next_cursor?: string;
        };
        TaskPageStation: {
            items: components["schemas"]["TaskStation"][];
            next_cursor?: string;
        };
        TaskPageTask: {
            items: components["schemas"]["Task"][];
            next_cursor?: string;
        };
        TaskStation: {
            id: string;
            name: string;
            place: string;
            poster_text: string;
            region_id: string;
        };
        TaskStationChange: {
            name?: string;
            place?: string;
            poster_text?: string;
        };
        TaskSubmission: {
            photo_ids?: string[] | null;
            photo_ids_after?: string[] | null;
            photo_ids_before?: string[] | null;
            text?: string;
        };
        Team: {
            id: string;
            /** @enum {string} */
            kind: "party_members" | "merchants" | "emergency" | "company" | "neighbours" | "other";
            leaders: components["schemas"]["PersonSummary"][];
            /**
             * Format: int64
             * @description People admitted, leaders included
             */
            members: number;
            /**
             * @description Absent for who never asked
             * @enum {string}
             */
            mine?: "pending" | "admitted" | "refused";
            name: string;
            region_id: string;
        };
        TeamActivity: {
            /** Format: int64 */
            capacity: number;
            /**
             * Format: int64
             * @description People who came
             */
            checked_in: number;
            /** Format: date-time */
            closed_at?: string;
            closed_by?: string;
            /** Format: date-time */
            confirmed_at?: string;
            confirmed_by?: string;
            /** @enum {string} */
            content_state: "pending" | "passed" | "refused";
            created_by?: string;
            /** Format: date-time */
            ends_at: string;
            /**
             * Format: int64
             * @description Absent without a fence. Where the community demands no place, who checks in outside of it is marked and not refused
             */
            fence_metres?: number;
            id: string;
            /** @enum {string} */
            kind: "activity" | "whistle";
            /** @description What the caller has to do with it */
            mine?: components["schemas"]["TeamOwnPart"];
            /** @description Over for a day and not closed */
            overdue?: boolean;
            place: components["schemas"]["TeamPlace"];
            /** Format: int64 */
            places_left: number;
            /** Format: int64 */
            points_per_hour: number;
            /** @description Why it was cancelled, or sent back to the leader */
            reason?: string;
            region_id: string;
            star?: string;
            /** Format: date-time */
            starts_at: string;
            /** @enum {string} */
            state: "draft" | "published" | "closed" | "confirmed" | "cancelled";
            /** @description Absent for a community's own whistle */
            team_id?: string;
            title: string;
            /**
             * Format: int64
             * @description People on the waiting list
             */
            waiting: number;
            walk_in: boolean;
        };
        TeamAttendance: {
            activity_id: string;
            /** Format: date-time */
            checked_in_at: string;
            /** Format: date-time */
            checked_out_at?: string;
            /** @description Minutes set otherwise, first correction first */
            corrections?: components["schemas"]["TeamCorrection"][] | null;
            flags: ("same_device" | "burst" | "offline" | "by_hand" | "no_checkout" | "overlap" | "minutes_changed" | "outside_fence")[];
            id: string;
            /** @enum {string} */
            method: "code" | "card" | "personal_code" | "leader";
            /**
             * Format: int64
             * @description Service minutes; 0 for who is still there
             */
            minutes: number;
            /** @description In lists: id and name */
            person?: components["schemas"]["PersonSummary"];
            /**
             * Format: int64
             * @description Once they are posted
             */
            points?: number;
            /** @description Why the leader gave the word */
            reason?: string;
        };
        TeamCorrection: {
            /** Format: date-time */
            corrected_at: string;
            corrected_by: string;
            /** Format: int64 */
            new_minutes: number;
            /** Format: int64 */
            old_minutes: number;
            reason: string;
        };
        TeamLeaderWord: {
            /**
             * Format: int64
             * @description How long, of the time since the start; without it the person is there from now on
             */
            minutes?: number;
            person_id: string;
            reason: string;
        };
        TeamLocation: {
            /** Format: double */
            lat: number;
            /** Format: double */
            lng: number;
        };
        TeamMember: {
            /** Format: date-time */
            asked_at?: string;
            /** Format: date-time */
            decided_at?: string;
            leader: boolean;
            /** @description In lists */
            person?: components["schemas"]["PersonSummary"];
            /** @enum {string} */
            state: "pending" | "admitted" | "refused";
            team_id: string;
        };
        TeamNewActivity: {
            /** Format: int64 */
            capacity: number;
            /** Format: date-time */
            ends_at: string;
            /**
             * Format: int64
             * @description Metres around the place within which a check-in by code is expected; 0 for no fence
             */
            fence_metres?: number;
            place: components["schemas"]["TeamPlace"];
            /** Format: int64 */
            points_per_hour: number;
            star: string;
            /** Format: date-time */
            starts_at: string;
            team_id: string;
            title: string;
            walk_in: boolean;
        };
        TeamNewCheckIn: {
            /** @description What the QR holds, or the code alone */
            code: string;
            /** @description Asked for only where the activity has a fence; kept as inside or outside and to the nearest 50 metres */
            location?: components["schemas"]["TeamLocation"];
        };
        TeamNewCorrection: {
            /**
             * Format: int64
             * @description Counted up to the activity's length at most
             */
            minutes: number;
            person_id: string;
            reason: string;
        };
        TeamNewScan: {
            /** @description The phone's time of the scan, RFC 3339 */
            at?: string;
            /** @description in or out */
            kind?: string;
            /** @description Made on the phone, at most 64 letters, digits, - or _; the same however often it is sent */
            scan_id?: string;
            /** @description A card's, or a personal code */
            token?: string;
        };
        TeamNewTeam: {
            /** @enum {string} */
            kind: "party_members" | "merchants" | "emergency" | "company" | "neighbours" | "other";
            name: string;
            region_id: string;
        };
        TeamNewWhistle: {
            /** Format: int64 */
            needed: number;
            place: components["schemas"]["TeamPlace"];
            /** Format: int64 */
            points_per_hour: number;
            region_id: string;
            star?: string;
            /** @description The team that leads; without one, the community itself */
            team_id?: string;
            title: string;
            /** Format: date-time */
            until: string;
        };
        TeamOwnPart: {
            /** @description The presence; once confirmed, what its minutes and points stand under in the history */
            attendance_id?: string;
            /** Format: date-time */
            checked_in_at?: string;
            /** Format: date-time */
            checked_out_at?: string;
            /** Format: int64 */
            minutes?: number;
            /** Format: int64 */
            points?: number;
            /** @enum {string} */
            signup?: "confirmed" | "waiting";
            /**
             * Format: int64
             * @description Of one activity, while waiting: 1 is next
             */
            waiting_place?: number;
        };
        TeamPageActivity: {
            items: components["schemas"]["TeamActivity"][];
            next_cursor?: string;
        };
        TeamPageAttendance: {
            items: components["schemas"]["TeamAttendance"][];
            next_cursor?: string;
        };
        TeamPageMember: {
            items: components["schemas"]["TeamMember"][];
            next_cursor?: string;
        };
        TeamPageScan: {
            items: components["schemas"]["TeamScan"][];
            next_cursor?: string;
        };
        TeamPageSignup: {
            items: components["schemas"]["TeamSignup"][];
            next_cursor?: string;
        };
        TeamPageTeam: {
            items: components["schemas"]["Team"][];
            next_cursor?: string;
        };
        TeamPlace: {
            /** Format: double */
            lat?: number;
            /** Format: double */
            lng?: number;
            name: string;
        };
        TeamReason: {
            reason: string;
        };
        TeamRotatingCode: {
            /** @description The same to type by hand */
            code: string;
            /** Format: int64 */
            step_seconds: number;
            /** @description What the QR holds */
            text: string;
            /**
             * Format: date-time
             * @description When the next code comes; this one is taken one step longer
             */
            valid_until: string;
        };
        TeamScan: {
            /** @description Why it was refused */
            code?: string;
            /** @enum {string} */
            kind: "in" | "out";
            offline: boolean;
            /** @enum {string} */
            outcome: "recorded" | "duplicate" | "refused";
            /** @description Absent when it was nobody's */
            person?: components["schemas"]["PersonSummary"];
            scan_id: string;
            /**
             * Format: date-time
             * @description The phone's time
             */
            scanned_at: string;
            /** Format: date-time */
            uploaded_at: string;
        };
        TeamScanResult: {
            /** @description Why it is refused, or was the first time */
            code?: string;
            /** @description The same for people */
            detail?: string;
            /**
             * @description What the first upload of this scan came to
             * @enum {string}
             */
            first_outcome?: "recorded" | "duplicate" | "refused";
            /** @enum {string} */
            outcome: "recorded" | "duplicate" | "refused";
            person_name?: string;
            scan_id: string;
        };
        TeamScanResults: {
            results: components["schemas"]["TeamScanResult"][];
        };
        TeamSignup: {
            activity_id: string;
            attended: boolean;
            id: string;
            /** @description In lists: id and name */
            person?: components["schemas"]["PersonSummary"];
            /** Format: date-time */
            signed_up_at: string;
            /** @enum {string} */
            state: "confirmed" | "waiting";
            /** @description Came without having signed up */
            walked_in?: boolean;
        };
        Ticket: {
            assignee?: components["schemas"]["TicketAssignee"];
            /** @enum {string} */
            category: "facilities" | "sanitation" | "safety" | "elder_care" | "neighbours" | "convenience" | "other";
            /** @enum {string} */
            closed_as?: "reviewed" | "unrated" | "unsolved";
            /** Format: date-time */
            completed_at?: string;
            /**
             * @description Neighbours see the ticket once it is passed
             * @enum {string}
             */
            content_state: "pending" | "passed" | "refused";
            /** Format: date-time */
            due_at?: string;
            /** @description Who entered it for the raiser, for those who see the raiser's name */
            helper_name?: string;
            id: string;
            /** @description On a single ticket: the caller may accept or decline it */
            may_accept?: boolean;
            /** @description On a single ticket: the caller may review the work, and has not yet */
            may_review?: boolean;
            /** @description On a single ticket: the caller may report progress and complete it */
            may_work?: boolean;
            merged_into?: string;
            /** @description The caller raised it */
            mine: boolean;
            /**
             * @description Counted per community and day
             * @example 20261122-0007
             */
            number: string;
            /** @enum {string} */
            outcome?: "unsolved" | "partly" | "solved";
            overdue?: components["schemas"]["TicketOverdue"];
            photos?: components["schemas"]["FileLink"][] | null;
            place?: string;
            /** Format: date-time */
            raised_at: string;
            /** @description For those who may see the people of the community */
            raiser_id?: string;
            raiser_name: string;
            region_id: string;
            /** Format: int64 */
            rework: number;
            /** Format: int64 */
            score?: number;
            show_name: boolean;
            /** @enum {string} */
            stage: "raised" | "dispatched" | "accepted" | "completed" | "closed" | "rejected" | "merged" | "withdrawn";
            text: string;
            /** @description On a single ticket */
            timeline?: components["schemas"]["TicketEvent"][] | null;
            /** @description The caller backs it */
            voted: boolean;
            /** Format: int64 */
            votes: number;
            /** @description Handed up to the street */
            whistled: boolean;
        };
        TicketAssignee: {
            name: string;
            organisation_id?: string;
            person_id?: string;
        };
        TicketEvent: {
            /** @enum {string} */
            act: "raise" | "withdraw" | "dispatch" | "recall" | "reject" | "merge" | "absorb" | "whistle" | "accept" | "decline" | "lapse" | "progress" | "complete" | "withhold_points" | "review" | "backer_review" | "unrated";
            /** Format: date-time */
            at: string;
            /** @description The name as the caller may see it; an assignee's is the organisation's */
            by: string;
            /**
             * @description Neighbours read the text once it is passed
             * @enum {string}
             */
            content_state: "pending" | "passed" | "refused";
            /** Format: date-time */
            due_at?: string;
            /** @description Who held the phone, for those who see the name */
            helper?: string;
            /** @enum {string} */
            outcome?: "unsolved" | "partly" | "solved";
            /** Format: int64 */
            part: number;
            /** @enum {string} */
            phase?: "before" | "during" | "after";
            photos?: components["schemas"]["FileLink"][] | null;
            /** Format: int64 */
            score?: number;
            text?: string;
            ticket_id?: string;
            ticket_number?: string;
            /** @description Whom it was dispatched or offered to */
            to?: components["schemas"]["TicketAssignee"][] | null;
        };
        TicketFigures: {
            /** Format: int64 */
            closed: number;
            /** Format: int64 */
            overdue: number;
            /**
             * Format: int64
             * @description Closed by a review of 3 to 5
             */
            reviewed: number;
            /**
             * Format: int64
             * @description Closed by a review of 4 or 5
             */
            satisfied: number;
            /** @description How many tickets stand in each stage */
            stages: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Closed without a review in time
             */
            unrated: number;
            /**
             * Format: int64
             * @description Closed by a third bad review
             */
            unsolved: number;
        };
        TicketMergeTarget: {
            into: string;
        };
        TicketNamedCategory: {
            /** @enum {string} */
            code: "facilities" | "sanitation" | "safety" | "elder_care" | "neighbours" | "convenience" | "other";
            name: string;
        };
        TicketNewCompletion: {
            photo_ids?: string[] | null;
            text: string;
        };
        TicketNewDispatch: {
            /**
             * Format: date-time
             * @description When the work is to be completed
             */
            due_at: string;
            note?: string;
            /** @description Ids of organisations or people */
            offer_to?: string[] | null;
            organisation_id?: string;
            person_id?: string;
        };
        TicketNewProgress: {
            /** @enum {string} */
            phase: "before" | "during" | "after";
            photo_ids?: string[] | null;
            text?: string;
        };
        TicketNewReview: {
            /** @enum {string} */
            outcome: "unsolved" | "partly" | "solved";
            /**
             * Format: int64
             * @description 1 to 5; 1 or 2 from the raiser sends the ticket back, twice at most
             */
            score: number;
            text?: string;
        };
        TicketNewTicket: {
            /** @enum {string} */
            category: "facilities" | "sanitation" | "safety" | "elder_care" | "neighbours" | "convenience" | "other";
            photo_ids?: string[] | null;
            place?: string;
            /** @description The caller's community */
            region_id: string;
            /** @description Whether neighbours see the name */
            show_name?: boolean;
            text: string;
        };
        TicketOverdue: {
            /** Format: int64 */
            part: number;
            /** Format: date-time */
            since: string;
        };
        TicketPageNamedCategory: {
            items: components["schemas"]["TicketNamedCategory"][];
            next_cursor?: string;
        };
        TicketPageTicket: {
            items: components["schemas"]["Ticket"][];
            next_cursor?: string;
        };
        TicketReason: {
            reason: string;
        };
        TicketVoice: {
            voted: boolean;
            /** Format: int64 */
            votes: number;
        };
        TicketWhistleNote: {
            note: string;
        };
        TicketWish: {
            id: string;
            text: string;
            /** Format: int64 */
            votes: number;
        };
        UploadScansRequest: {
            scans: components["schemas"]["TeamNewScan"][] | null;
        };
        V2FormFile: {
            ContentType: string;
            Filename: string;
            IsSet: boolean;
            /** Format: int64 */
            Size: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listActivities: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description The community; may be left out with a team */
                region_id?: string;
                team_id?: string;
                state?: "draft" | "published" | "closed" | "confirmed" | "cancelled";
                /** @description Those that end at or after it, the next to start first; without it the newest first */
                from?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPageActivity"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createActivity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamNewActivity"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamActivity"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getActivity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamActivity"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listAttendance: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description Only the odd cases */
                flagged?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPageAttendance"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    giveWord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamLeaderWord"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamAttendance"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelActivity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamReason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamActivity"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCheckInCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamRotatingCode"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    checkIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description The phone's own id, opaque; may be left out */
                "X-Device"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamNewCheckIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamAttendance"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkOut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckOutRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamAttendance"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeActivity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CloseActivityRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamActivity"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmActivity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamActivity"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishActivity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamActivity"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopenActivity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamReason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamActivity"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listScans: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPageScan"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    uploadScans: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadScansRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamScanResults"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSignups: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPageSignup"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    signUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamSignup"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawSignup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiguresCheck"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getClaim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskClaim"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    abandonClaim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    appealClaim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppealClaimRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskClaim"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideAppeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideAppealRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskClaim"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putBackCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reviewClaim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewClaimRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskClaim"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submitClaim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TaskSubmission"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskClaim"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideContentCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideContentCheckRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    uploadFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileLink"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFile: {
        parameters: {
            query?: {
                viewer?: string;
                until?: number;
                signature?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    "X-Content-Type-Options"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getThumb: {
        parameters: {
            query?: {
                viewer?: string;
                until?: number;
                signature?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    "X-Content-Type-Options"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHousehold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterHousehold"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    setHouseholdContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetHouseholdContactRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterHousehold"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endHouseholdContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonUpdate"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyActivities: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPageActivity"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMyCertificates: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiguresPageCertificate"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    issueCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["FiguresNewCertificate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiguresCertificate"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMyCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiguresCertificate"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    revokeCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    printCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyClaims: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                state?: "claimed" | "submitted" | "approved" | "returned" | "rejected" | "abandoned" | "expired";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPageClaim"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getPersonalCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalCode"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    exportMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonExport"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHome: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Home"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMyHouseholds: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterPageHousehold"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    agreeToNotices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgreeToNoticesRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeAsking"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNoticeTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeAsking"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMyNotices: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description Only those that are unread, or only those that were read */
                unread?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticePageNotice"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    countMyNotices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeUnseen"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readNotices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadNoticesRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeUnseen"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readNotice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bindPhone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPhoneViews: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonPagePhoneView"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getMyPoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsOwn"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMyDisputes: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsPageDispute"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    disputeMissing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PointsMissingEntry"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsDispute"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyPointsEntries: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsPageEntry"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getMyRank: {
        parameters: {
            query?: {
                /** @description 2026-11, 2026-Q4, 2026, 2026-11-22 or all; the current month when left out */
                period?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsRank"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMyRedemptions: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                state?: "redeemed" | "fulfilled" | "cancelled" | "expired";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RewardPageRedemption"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listDeadNotices: {
        parameters: {
            query: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                region_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticePageDeadLetter"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    resendNotice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideOddCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OversightDecision"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OversightOddCase"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOpenCommunities: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiguresPageOpenCommunity"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    exportOpenCommunities: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Type"?: string;
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOpenFigures: {
        parameters: {
            query: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description A community, or a region above: all communities below */
                region_id: string;
                /** @description A month that is over, 2026-10; the last one when left out */
                period?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiguresPageOpenFigure"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    exportOpenFigures: {
        parameters: {
            query: {
                /** @description A community, or a region above: all communities below */
                region_id: string;
                /** @description A month that is over, 2026-10; the last one when left out */
                period?: string;
            };
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Type"?: string;
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOrganisations: {
        parameters: {
            query: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                region_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionPageOrganisation"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createOrganisation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegionNewOrganisation"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionOrganisation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStatement: {
        parameters: {
            query?: {
                /** @description 2026-11; the current month when left out */
                month?: string;
                /** @description Only what this community owes */
                region_id?: string;
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RewardStatement"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    exportStatement: {
        parameters: {
            query?: {
                /** @description 2026-11; the current month when left out */
                month?: string;
                /** @description Only what this community owes */
                region_id?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServicesOfOrganisation: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionPageServiceItem"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listCards: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonPageCard"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    issueCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonNewCard"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                card_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyHome: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    doubtHome: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPhone: {
        parameters: {
            query?: {
                /** @description The person reads it */
                reason?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonWholePhone"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listPointsEntries: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsPageEntry"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listAdjustments: {
        parameters: {
            query: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                region_id: string;
                state?: "pending" | "posted" | "rejected";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsPageAdjustment"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    proposeAdjustment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PointsNewAdjustment"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsAdjustment"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveAdjustment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsAdjustment"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectAdjustment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RejectAdjustmentRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsAdjustment"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answerDispute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PointsRuling"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsDispute"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    appealDispute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PointsSaid"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsDispute"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideDispute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PointsRuling"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsDispute"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disputeEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PointsSaid"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsDispute"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reversePointsEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PointsReversal"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsEntry"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disputeMinutes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What the minutes were counted for: the presence at an activity */
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PointsSaid"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsDispute"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fulfilRedemption: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FulfilRedemptionRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RewardRedemption"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRedemption: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RewardRedemption"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    cancelRedemption: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRegions: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description Empty: the cities */
                parent_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionPageRegion"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createRegion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegionNewRegion"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Region"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRegion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Region"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listAuditEntries: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPageEntry"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getBulletin: {
        parameters: {
            query?: {
                /** @description 2026-W47, 2026-11 or 2026-Q4; the week of today when left out */
                period?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiguresBulletin"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    printBulletin: {
        parameters: {
            query?: {
                /** @description 2026-W47, 2026-11 or 2026-Q4; the week of today when left out */
                period?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportBulletin: {
        parameters: {
            query?: {
                /** @description 2026-W47, 2026-11 or 2026-Q4; the week of today when left out */
                period?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBulletinRows: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description 2026-W47, 2026-11 or 2026-Q4; the week of today when left out */
                period?: string;
                /** @description One of the figure's parts */
                part?: string;
            };
            header?: never;
            path: {
                id: string;
                figure: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiguresPageRow"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listBulletins: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description 2026-W47, 2026-11 or 2026-Q4; the week of today when left out */
                period?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiguresPageCommunityBulletin"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getCalendar: {
        parameters: {
            query?: {
                /** @description 2026-11; that of today when left out */
                month?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiguresCalendar"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listRegionClaims: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                state?: "claimed" | "submitted" | "approved" | "returned" | "rejected" | "abandoned" | "expired";
                /** @description With state=rejected: how the appeal stands */
                appeal?: "pending" | "upheld" | "overturned";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPageClaim"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listContentChecks: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContentPageCheck"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listHouseholds: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description Part of a number, or of a member's name */
                q?: string;
                /** @description With or without a Party member in touch; all when left out */
                contact?: "yes" | "no";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterPageHousehold"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listLeaderboard: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description 2026-11, 2026-Q4, 2026, 2026-11-22 or all; the current month when left out */
                period?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsPageLeader"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listOddCases: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                state?: "open" | "taken_up" | "dismissed";
                /** @description Empty: all */
                kind?: "shared_phone" | "overlap" | "quick_approvals" | "same_photo" | "mutual_approval" | "points_jump";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OversightPageOddCase"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listPeople: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description Part of a name, a whole phone number, or its last four digits */
                q?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonPagePerson"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonNewPerson"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPoints: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description 2026-11, 2026-Q4, 2026, 2026-11-22 or all; the current month when left out */
                period?: string;
                sort?: "-earned" | "name";
                /** @description Part of a name */
                q?: string;
                team_id?: string;
                star?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsPageStanding"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    exportPoints: {
        parameters: {
            query?: {
                /** @description 2026-11, 2026-Q4, 2026, 2026-11-22 or all; the current month when left out */
                period?: string;
                sort?: "-earned" | "name";
                /** @description Part of a name */
                q?: string;
                team_id?: string;
                star?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDisputes: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                state?: "open" | "answered" | "appealed" | "decided" | "withdrawn";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsPageDispute"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    summarisePoints: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description 2026-11, 2026-Q4, 2026, 2026-11-22 or all; the current month when left out */
                period?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsPageCommunityFigures"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getPointsTrend: {
        parameters: {
            query?: {
                unit?: "day" | "week" | "month" | "quarter" | "year";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsTrend"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listRoleGrants: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionPageGrant"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    importRoster: {
        parameters: {
            query?: {
                /** @description What the file is called, if the upload does not tell */
                file_name?: string;
                /** @description All rows or none; otherwise the good rows are taken */
                strict?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterResult"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRosterImports: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterPageImport"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    previewRoster: {
        parameters: {
            query?: {
                /** @description What the file is called, if the upload does not tell */
                file_name?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterPreview"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionSettings"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeSettingsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionSettings"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSettingsChanges: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionPageSettingsChange"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listSpotChecks: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description Empty: all */
                state?: "open" | "confirmed" | "not_confirmed" | "not_reached" | "withdrawn";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OversightPageSpotCheck"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    repeatSpotCheckDraw: {
        parameters: {
            query: {
                month: string;
            };
            header?: never;
            path: {
                /** @description A community */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OversightDraw"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getSpotCheckFigures: {
        parameters: {
            query?: {
                /** @description 2026-11; empty: the last one that is over */
                month?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OversightCheckFigures"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getTicketFigures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketFigures"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listRewards: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description Empty: the caller's home */
                region_id?: string;
                /** @description Only what this organisation fulfils */
                organisation_id?: string;
                /** @description Empty: published */
                state?: "draft" | "published" | "closed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RewardPageReward"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createReward: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RewardNewReward"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reward"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReward: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reward"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeReward: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RewardChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reward"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeReward: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reward"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishReward: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reward"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRewardRedemptions: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                state?: "redeemed" | "fulfilled" | "cancelled" | "expired";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RewardPageRedemption"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    redeemReward: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RewardRedemption"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    grantRole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegionNewGrant"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionGrant"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRosterImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterImport"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    undoRosterImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterImport"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRosterPreview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterPreview"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    importRosterPreview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ImportRosterPreviewRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterImport"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRosterPreviewRows: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description All rows when left out */
                outcome?: "created" | "updated" | "unchanged" | "fault";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterPageShown"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listServices: {
        parameters: {
            query: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                region_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionPageServiceItem"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createService: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegionNewServiceItem"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionServiceItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonNewSession"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logoutEverywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionPageSetting"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    answerSpotCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OversightAnswer"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OversightSpotCheck"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStations: {
        parameters: {
            query: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                region_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPageStation"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createStation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskNewStation"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskStation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskStation"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeStation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskStationChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskStation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStationCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drawCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskClaim"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTasks: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description Empty: the station's community, or the caller's home */
                region_id?: string;
                star?: string;
                /** @description Empty: published */
                state?: "draft" | "published" | "closed" | "withdrawn";
                station_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPageTask"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createTask: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskNewTask"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTaskClaims: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                state?: "claimed" | "submitted" | "approved" | "returned" | "rejected" | "abandoned" | "expired";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPageClaim"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    takeTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskClaim"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scanForTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScanForTaskRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskClaim"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTeams: {
        parameters: {
            query: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                region_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPageTeam"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createTeam: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamNewTeam"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPageMember"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    joinTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamMember"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leaveTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideMemberRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamMember"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTickets: {
        parameters: {
            query: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                region_id: string;
                stage?: "raised" | "dispatched" | "accepted" | "completed" | "closed" | "rejected" | "merged" | "withdrawn";
                /** @description overdue lists only what is overdue; those above a community see it after as long again */
                sort?: "newest" | "votes" | "age" | "overdue";
                /** @description Only what was handed up to the street */
                whistled?: boolean;
                /** @description Only what neighbours may still back */
                open?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketPageTicket"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    raiseTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketNewTicket"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAssignedTickets: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
                /** @description None: dispatched and accepted */
                stage?: "dispatched" | "accepted" | "completed" | "closed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketPageTicket"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listTicketCategories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketPageNamedCategory"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMyTickets: {
        parameters: {
            query?: {
                /** @description Items a page, 1 to 100 */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketPageTicket"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listSimilarTickets: {
        parameters: {
            query: {
                region_id: string;
                text: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketPageTicket"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Unchanged since the answer whose ETag If-None-Match holds */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    acceptTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    completeTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketNewCompletion"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declineTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketReason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dispatchTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketNewDispatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    printTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mergeTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketMergeTarget"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportTicketProgress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketNewProgress"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recallTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketReason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketReason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reviewTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketNewReview"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    voteTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketVoice"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unvoteTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketVoice"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    whistleTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketWhistleNote"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    blowWhistle: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamNewWhistle"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamActivity"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
